"""What an extension adds to a promise, in the limit's own unit of time."""

from collections.abc import Sequence
from datetime import datetime

from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, budget, due, due_by_budget
from dispatch.domain.time.worktime import Calendar


def extended(limit: Limit, by: int) -> Limit:
    """The limit with `by` of its own units added, as if so much had been promised at first."""
    return Limit(limit.value + by, limit.unit)


def given(
    start: datetime, limit: Limit, calendar: Calendar, seconds: int | None = None, by: int = 0
) -> int:
    """The seconds of own time that a promise gives; `seconds`: its budget where it continues an
    earlier one; `by`: what extensions added, in the limit's unit.
    """
    whole = budget(start, extended(limit, by), calendar)
    if seconds is None:
        return whole
    return seconds + whole - budget(start, limit, calendar)


def due_extended(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    *,
    seconds: int | None = None,
    by: int = 0,
) -> datetime | None:
    """When an extended promise is due; None while it is paused.

    An extension counts from the promise's start, whenever it is granted: pauses before and after it
    move the due time as they would have moved that of the longer limit.
    """
    if seconds is None:
        return due(start, extended(limit, by), calendar, pauses)
    longer = given(start, limit, calendar, seconds, by) if by else seconds
    return due_by_budget(start, longer, limit.unit, calendar, pauses)
