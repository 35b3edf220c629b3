"""Work of somebody who handles none any more goes back to the desk of the unit that gave it."""

from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dispatch.deeds.machinery.supports import whose_codes
from dispatch.domain.law.events import HANDED_BACK, SYSTEM
from dispatch.domain.law.statuses import HELD
from dispatch.domain.roles import HANDLER_ROLES
from dispatch.domain.supports import LEAD
from dispatch.store.alerts import locked_alert
from dispatch.store.conditions import is_present
from dispatch.store.ids import new_id
from dispatch.store.log import Event
from dispatch.store.role_holders import holds_role_within
from dispatch.store.tables import Alert, Assignment, Promise
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import notice_row, post

_CARRIED_OVER: Final = (
    *("alert_id", "kind", "round", "unit", "caller", "team"),
    *("signed_at", "contacted_at"),
)


def hand_back_work(store: Store, tx: Transaction, person_id: str) -> None:
    """Hands back what the person was given and may not handle any more: disabled, or without a
    role at the unit. That they held it stays on record; the desk is told, and the clocks go on.
    """
    tx.session.flush()
    for held in _held(tx.session, person_id):  # none before the first playbook
        below = store.playbook(tx.session).organisation.below(held.unit)
        if not holds_role_within(tx.session, person_id, HANDLER_ROLES, below):
            _hand_back(tx, locked_alert(tx.session, held.alert_id), held)


def _held(session: Session, person_id: str) -> list[Assignment]:
    mine = (
        select(Assignment)
        .join(Alert, Alert.id == Assignment.alert_id)
        .where(Assignment.handler == person_id, is_present())
        .where(Alert.status.in_(HELD))
        .order_by(Assignment.alert_id, Assignment.id)
    )
    return list(session.scalars(mine))


def _hand_back(tx: Transaction, alert: Alert, held: Assignment) -> None:
    """The unit keeps its part with its times; only nobody in it has the work."""
    copied = {
        name: getattr(held, name)
        for name in (*_CARRIED_OVER, "arrived_at", "finished_at", "confirmed_at")
    }
    anew = Assignment(id=new_id(), from_at=tx.now, **copied)
    held.to_at = tx.now
    tx.session.add(anew)
    tx.session.flush()
    owed = update(Promise).where(Promise.assignment_id == held.id)
    tx.session.execute(owed.values(assignment_id=anew.id))
    codes: dict[str, object] = {"unit": held.unit}
    if held.kind == LEAD:
        alert.handler = None
    else:
        codes = whose_codes(held.unit, held.kind)
    alert.version += 1
    tx.record(Event(HANDED_BACK, alert_id=alert.id, role=SYSTEM, codes=codes))
    to, once = ("desk", held.unit), f"{HANDED_BACK}:{held.id}"
    post(tx, [notice_row(tx, alert.id, to, HANDED_BACK, once)])
