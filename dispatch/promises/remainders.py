"""A unit that has the same work again goes on with what it had left of its time.

Else each of them could be given a whole new limit by being sent away and called again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import ENDED, MISSED
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart
from dispatch.promises.policy import Policy
from dispatch.promises.rework import remaining_seconds
from dispatch.store.conditions import owed_by_helper
from dispatch.store.rows import RowValues
from dispatch.store.tables import Promise

# What a unit does where it stands; who is spoken to once is not promised it again.
_OF_A_STAY: Final = frozenset({"sign", "arrive", "dispose"})
_NOT_KEPT: Final = (ENDED, MISSED)


def with_remainders(
    session: Session, policy: Policy, starts: Iterable[ClockStart], now: datetime
) -> list[ClockStart]:
    """The clocks that begin, each with the time that its unit had left when the same clock of the
    same alert was taken from it with its last assignment, at least a quarter of the limit.
    """
    return [_continued(session, policy, start, now) for start in starts]


def _continued(session: Session, policy: Policy, start: ClockStart, now: datetime) -> ClockStart:
    if start.clock not in _OF_A_STAY or start.unit is None or start.budget_s is not None:
        return start
    before = _last_of_another_stay(session, start)
    if before is None or before.state not in _NOT_KEPT:
        return start
    rest = replace(start, budget_s=remaining_seconds(session, policy, before))
    ways = clocks.planned_promises(session, policy, [start, rest], now)
    if any(each["due_at"] is None for each in ways):
        return start  # no calendar reaches: the whole limit waits for it
    # Days that end at their close can make a whole limit shorter than its own rest.
    return min(zip(ways, (start, rest), strict=False), key=_due, default=(None, start))[1]


def _due(way: tuple[RowValues, ClockStart]) -> datetime:
    due_at: datetime = way[0]["due_at"]
    return due_at


def _last_of_another_stay(session: Session, start: ClockStart) -> Promise | None:
    helped = owed_by_helper()
    return session.scalar(
        select(Promise)
        .where(Promise.alert_id == start.alert_id, Promise.clock == start.clock)
        .where(Promise.unit == start.unit, Promise.assignment_id != start.assignment)
        .where(helped if start.is_support else ~helped)
        .order_by(Promise.started_at.desc(), Promise.id.desc())
        .limit(1)
    )
