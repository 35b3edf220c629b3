"""The progress curve of a promise: (seconds elapsed, seconds used) points, joined by lines.

A promise in office hours does not progress at night or while it is paused. Whoever draws the curve
needs no calendar: between two corners it is a straight line.
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

MOST_CORNERS: Final = 16  # a longer course keeps its longest pauses and the lights' corners
_STANDS: Final = 6
_WEEK: Final = 7 * 24 * 3600 * SECOND
LIGHTS: Final = (50, 80)  # per cent of the limit at which the faces show another light


@dataclass(frozen=True)
class Course:
    """A promise's whole time in seconds of its own, and the corners of its progress curve."""

    given: int
    corners: tuple[Corner, ...]


def course(
    start: datetime,
    due: datetime,
    unit: TimeUnit,
    calendar: Calendar | None,
    pauses: Iterable[Pause] = (),
) -> Course | None:
    """The curve until the due time; None where it is one straight line.

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
    """The curve of an overdue promise, from its due time or the last whole week after it until at
    least a week after `now`. None where it is late by elapsed time alone.

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
    """A promise's row, or some columns of one: `limit` as written, `extended` in its own unit."""

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
    """Seconds of own time used until `until`, and those that the promise gives; None where no
    calendar reaches.

    It gives less than its limit where it took over another alert's earlier due time.
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
    paused = stretches(begin, pauses)
    for span in opened:
        yield from _without(span, paused)


def _without(span: Run, stands: list[Run]) -> Iterator[Run]:
    run, end = span
    for pause, release in stands:
        if run < min(pause, end):
            yield run, min(pause, end)
        run = max(run, release)
    if run < end:
        yield run, end


def _corners(begin: int, runs: Iterable[Run], before: int, so_far: int = 0) -> Iterator[Corner]:
    """The corners from `before` on, by when `so_far` was used; all in microseconds."""
    for run, end in runs:
        if run > before:
            yield (run - begin) // SECOND, so_far // SECOND
        so_far, before = so_far + end - run, end
        yield (end - begin) // SECOND, so_far // SECOND


def _thinned(corners: list[Corner]) -> list[Corner]:
    """The corners of the longest pauses and of the lights; lunch breaks are dropped first."""
    stands = [pair for pair in pairwise([(0, 0), *corners]) if pair[0][1] == pair[1][1]]
    longest = sorted(stands, key=lambda pair: pair[0][0] - pair[1][0])[:_STANDS]
    given = corners[-1][1]
    lights = [_when(corners, given * light // 100) for light in LIGHTS]
    kept = {corner for stand in longest for corner in stand} | {*lights, corners[-1]}
    return sorted(kept - {(0, 0)})


def _when(corners: list[Corner], amount: int) -> Corner:
    """The corner at which `amount` seconds are used."""
    at, by_then = next(corner for corner in corners if corner[1] >= amount)
    return at - (by_then - amount), amount
