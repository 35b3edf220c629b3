"""Who holds an alert changes: a new round of its lead, a unit called in beside it."""

import secrets

from sqlalchemy import update

from dispatch.actions import clocks
from dispatch.actions.case import Case
from dispatch.store.rows import add_rows
from dispatch.store.tables import Assignment, Promise


def give_to(case: Case, unit: str) -> None:
    """A new round: the unit before is released, the new one holds the alert."""
    alert, now = case.alert, case.tx.now
    before = case.lead
    if before is not None:
        before.to_at = now
        alert.round += 1
    alert.lead, alert.handler = unit, None
    case.tx.session.add(
        Assignment(
            id=secrets.token_hex(16),
            alert_id=alert.id,
            kind="lead",
            round=alert.round,
            unit=unit,
            from_at=now,
        ),
    )
    case.tx.session.execute(
        update(Promise)
        .where(
            Promise.alert_id == alert.id,
            Promise.clock == "dispose",
            Promise.state.in_(clocks.RUNNING),
        )
        .values(unit=unit),
    )


def call_in(case: Case, unit: str) -> None:
    if unit in case.facts.supports or unit == case.alert.lead:
        return
    row = {
        "id": secrets.token_hex(16),
        "alert_id": case.alert.id,
        "kind": "required",
        "round": case.alert.round,
        "unit": unit,
        "from_at": case.tx.now,
    }
    add_rows(case.tx.session, Assignment, [row])
