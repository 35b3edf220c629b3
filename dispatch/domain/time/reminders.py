"""Where a reminder may come: before the due time that it reminds of, and within its hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from dispatch.domain.time.instants import SECOND, from_us, to_us
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import due_by_budget, used
from dispatch.domain.time.worktime import Calendar, CalendarEnds

# Longer than any reminder is put off: nothing stands in the way.
UNBOUNDED_S: Final = 10**9


def office_moment_before(
    start: datetime, at: datetime, due: datetime, calendar: Calendar, pauses: Sequence[Pause]
) -> datetime | None:
    """For a moment outside office hours after which no office opens before the due time: the same
    share of the office hours between start and due time. None where there are none.
    """
    office = used(start, due, "work_hours", calendar, pauses)
    whole = used(start, due, "hours", calendar, pauses)
    if office <= 0 or whole <= 0:
        return None
    share = office * used(start, at, "hours", calendar, pauses) // whole
    moment = due_by_budget(start, share, "work_hours", calendar, pauses)
    return None if moment is None else calendar.next_opening(moment)


def put_off_until(at: datetime, span: timedelta, calendar: Calendar, *, waits: bool) -> datetime:
    """When a reminder comes that is put off by `span`; `waits`: in office hours alone, as far as
    the calendar knows them.
    """
    later = at + span
    if not waits:
        return later
    try:
        return calendar.next_opening(later)
    except CalendarEnds:
        return later


def room_before_due(at: datetime, due: datetime | None, calendar: Calendar, *, waits: bool) -> int:
    """By how many seconds a reminder at `at` can be put off and still comes before the due time;
    `waits`: in office hours alone. One that comes after it anyhow has no bound; where no calendar
    tells the hours, it stays where it is.
    """
    if due is None or at >= due:
        return UNBOUNDED_S
    last = to_us(due) - SECOND
    try:
        last = calendar.subtract(to_us(due), SECOND) if waits else last
    except CalendarEnds:
        return 0
    return max(0, int((from_us(last) - at).total_seconds()))
