"""Units that still help end with the alert: when its work is done, or when it is over."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select

from dispatch.domain.law.deed_table import DeedEntry, enter_deed
from dispatch.domain.law.events import SUPPORT_OVER, SYSTEM
from dispatch.domain.supports import FIRST
from dispatch.store.log import Event
from dispatch.store.tables import Assignment
from dispatch.store.transaction import Transaction
from dispatch.telling.releasing import tell_over, tell_released

# In these the alert's work was done, and so was what a first response did on site.
_WORK_IS_DONE: Final = frozenset({"verifying", "resolved", "closed"})

enter_deed(SUPPORT_OVER, DeedEntry())


def end_supports(tx: Transaction, assignments: Iterable[str], target: str) -> list[Assignment]:
    """Ends what these assignments were for, and tells desks and whom they sent. A first response
    that had come counts as finished, and stays with its times; everybody else is released.
    """
    chosen = select(Assignment).where(Assignment.id.in_(assignments)).order_by(Assignment.id)
    ended = list(tx.session.scalars(chosen))
    for support in ended:
        if support.kind == FIRST and support.arrived_at and target in _WORK_IS_DONE:
            tell_over(tx, support)
            support.finished_at = tx.now
        else:
            tell_released(tx, support)
            support.to_at = tx.now
    return ended


def record_ended(tx: Transaction, alert_id: str, ended: Iterable[Assignment], step: str) -> None:
    """One log row for each unit, which says with which step its part ended."""
    for support in ended:
        codes: dict[str, object] = {"support": support.unit, "with_step": step}
        codes |= {"first": True} if support.kind == FIRST else {}
        tx.record(Event(SUPPORT_OVER, alert_id=alert_id, role=SYSTEM, codes=codes))
