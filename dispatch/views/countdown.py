"""What a face needs to count a promise down by itself, without a calendar."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from dispatch.domain.law.clock_names import PAUSED, RUNNING
from dispatch.domain.time.courses import course, late_course, used_and_given
from dispatch.domain.time.instants import as_instant
from dispatch.domain.time.pauses import PAUSE, Pause, PauseEvent, pauses_from, split_pauses
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import Calendar, CalendarEnds
from dispatch.shapes.promise import ClockCourse, ClockPause, Counted

Calendars = Callable[[int, str], Calendar | None]  # by playbook version and name


class Counting(Protocol):
    """A promise's row, or the columns of one."""

    started_at: Any
    due_at: Any
    state: Any
    limit: Any
    budget_s: Any
    extended: Any
    calendar: Any
    playbook_version: Any


def no_calendars(_version: int, _name: str) -> Calendar | None:
    """For readers who draw no progress."""
    return None


def countdown(
    promise: Counting, events: Sequence[PauseEvent], calendars: Calendars, now: datetime
) -> Counted:
    """The progress curve of a running promise, or why it is paused."""
    if promise.state == PAUSED:
        return {"course": None, "paused": _paused(promise, events, calendars)}
    return {"course": _course(promise, pauses_from(events), calendars, now), "paused": None}


def used_and_given_of(
    promise: Counting, events: Sequence[PauseEvent], until: datetime, calendars: Calendars
) -> tuple[int, int] | None:
    """Used and given seconds of own time; None where no calendar reaches."""
    calendar = calendars(promise.playbook_version, promise.calendar)
    return used_and_given(promise, calendar, until, pauses_from(events))


def _course(
    promise: Counting, pauses: list[Pause], calendars: Calendars, now: datetime
) -> ClockCourse | None:
    """The curve until the due time; of an overdue promise the curve of its lateness."""
    if promise.state != RUNNING or promise.due_at is None:
        return None
    calendar = calendars(promise.playbook_version, promise.calendar)
    start, due_at, unit = promise.started_at, promise.due_at, Limit.parse(promise.limit).unit
    try:
        if now >= due_at:
            found = late_course(start, due_at, unit, calendar, now, pauses)
        else:
            found = course(start, due_at, unit, calendar, pauses)
    except CalendarEnds:
        return None
    return None if found is None else {"given_s": found.given, "corners": list(found.corners)}


def _paused(
    promise: Counting, events: Sequence[PauseEvent], calendars: Calendars
) -> ClockPause | None:
    """Why the clock is paused, by whom, since and until when, and what is left; of several reasons
    the one that lasts longest.
    """
    standing = split_pauses(events)[1]
    open_ones = [each for each in events if each.kind == PAUSE and each.reason in standing]
    if not open_ones:
        return None
    last, since = max(open_ones, key=_lasts_until), min(standing.values())
    used, given = used_and_given_of(promise, events, since, calendars) or (None, None)
    return {
        "reason": last.reason,
        "owner": last.owner,
        "since": as_instant(since),
        "until": as_instant(last.until),
        "given_s": given,
        "left_s": None if used is None or given is None else given - used,
    }


def _lasts_until(event: PauseEvent) -> datetime:
    """A reason without a date lasts longest."""
    return event.until or datetime.max.replace(tzinfo=UTC)
