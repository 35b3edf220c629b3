"""The course of a promise: how its time fills, as corners that a face joins with lines.

A promise in office hours stands at night and while it is paused. Whoever draws it needs no
calendar: between two corners it runs or stands evenly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final, Protocol

from dispatch.domain.time.extensions import given
from dispatch.domain.time.instants import SECOND, to_us
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import WORKING, Limit, TimeUnit, stretches, used
from dispatch.domain.time.worktime import Calendar, CalendarEnds

Corner = tuple[int, int]  # whole seconds since the start, whole seconds of own time used by then
Run = tuple[int, int]  # a stretch in which the clock runs, in microseconds

MOST_CORNERS: Final = (
    16  # corners; of a longer course the longest stands stay, and the lights' turns
)
_STANDS: Final = 6
_WEEK: Final = 7 * 24 * 3600 * SECOND
LIGHTS: Final = (50, 80)  # per cent of the limit at which the faces show another shape


@dataclass(frozen=True)
class Course:
    """What a promise gives in seconds of own time, and where its filling bends."""

    given: int
    corners: tuple[Corner, ...]


def course(
    start: datetime,
    due: datetime,
    unit: TimeUnit,
    calendar: Calendar | None,
    pauses: Iterable[Pause] = (),
) -> Course | None:
    """None where it fills evenly from its start to its due time.

    Raises CalendarEnds where it needs a day beyond the calendar.
    """
    begin, pauses = to_us(start), list(pauses)
    runs = list(_running(begin, to_us(due), unit, calendar, pauses))
    given = sum(end - run for run, end in runs) // SECOND
    if given <= 0 or runs == [(begin, to_us(due))]:
        return None
    corners = list(_corners(begin, runs, begin))
    return Course(given, tuple(corners if len(corners) <= MOST_CORNERS else _thinned(corners)))


def late_course(
    start: datetime,
    due: datetime,
    unit: TimeUnit,
    calendar: Calendar | None,
    now: datetime,
    pauses: Iterable[Pause] = (),
) -> Course | None:
    """How an overdue promise goes on, from its due time or the last whole week after it: at least
    a week ahead of `now`. None where it is late by time as it passes.

    Raises CalendarEnds where `now` lies beyond the calendar.
    """
    begin, end, pauses = to_us(start), to_us(due), list(pauses)
    hours = calendar if unit in WORKING else None
    if hours is None and not pauses:
        return None
    since = end + (to_us(now) - end) // _WEEK * _WEEK
    until = (
        since + 52 * _WEEK if hours is None else max(to_us(now), min(since + 2 * _WEEK, hours.end))
    )
    given = _ran(begin, end, unit, calendar, pauses)
    so_far = given + _ran(end, since, unit, calendar, pauses)
    ahead = _running(since, until, unit, calendar, pauses)
    corners = ((since - begin) // SECOND, so_far // SECOND), *_corners(begin, ahead, since, so_far)
    return Course(given // SECOND, corners)


def _ran(a: int, b: int, unit: TimeUnit, calendar: Calendar | None, pauses: list[Pause]) -> int:
    return sum(end - run for run, end in _running(a, b, unit, calendar, pauses))


class PromiseColumns(Protocol):
    """A promise's row, or the columns of one: `limit` as written, `extended` in its own unit."""

    started_at: Any
    limit: Any
    budget_s: Any
    extended: Any
    due_at: Any


def used_and_given(
    promise: PromiseColumns,
    calendar: Calendar | None,
    until: datetime,
    pauses: Iterable[Pause] = (),
) -> tuple[int, int] | None:
    """Used and given seconds of own time; None where no calendar reaches.

    It gives less than its limit where another alert's earlier due time was taken over.
    """
    if calendar is None:
        return None
    start, limit, pauses = promise.started_at, Limit.parse(promise.limit), list(pauses)
    try:
        whole = given(start, limit, calendar, promise.budget_s, promise.extended)
        if promise.due_at is not None:
            sooner = used(start, promise.due_at, limit.unit, calendar, pauses)
            whole = min(whole, max(0, sooner))
        return used(start, until, limit.unit, calendar, pauses), whole
    except CalendarEnds:
        return None


def _running(
    begin: int, due: int, unit: TimeUnit, calendar: Calendar | None, pauses: list[Pause]
) -> Iterator[Run]:
    opened = [(begin, due)]
    if unit in WORKING and calendar is not None:
        opened = calendar.spans(begin, due)
    if not pauses:
        yield from opened
        return
    stands = stretches(begin, pauses)
    for span in opened:
        yield from _without(span, stands)


def _without(span: Run, stands: list[Run]) -> Iterator[Run]:
    run, end = span
    for pause, release in stands:
        if run < min(pause, end):
            yield run, min(pause, end)
        run = max(run, release)
    if run < end:
        yield run, end


def _corners(begin: int, runs: Iterable[Run], before: int, so_far: int = 0) -> Iterator[Corner]:
    """From an instant on by which so much is used, in microseconds."""
    for run, end in runs:
        if run > before:
            yield (run - begin) // SECOND, so_far // SECOND
        so_far, before = so_far + end - run, end
        yield (end - begin) // SECOND, so_far // SECOND


def _thinned(corners: list[Corner]) -> list[Corner]:
    """Lunch breaks go first: nights, weekends and pauses stay, lights change at their second."""
    stands = [pair for pair in pairwise([(0, 0), *corners]) if pair[0][1] == pair[1][1]]
    longest = sorted(stands, key=lambda pair: pair[0][0] - pair[1][0])[:_STANDS]
    given = corners[-1][1]
    lights = [_when(corners, given * light // 100) for light in LIGHTS]
    kept = {corner for stand in longest for corner in stand} | {*lights, corners[-1]}
    return sorted(kept - {(0, 0)})


def _when(corners: list[Corner], amount: int) -> Corner:
    """When so much is used: where the clock ran, a second is a second."""
    at, by_then = next(corner for corner in corners if corner[1] >= amount)
    return at - (by_then - amount), amount
