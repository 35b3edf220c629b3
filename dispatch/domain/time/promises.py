"""Due times of promises, and how much of the promised time is used.

A promise counts in its own time: office time for `work_hours` and `work_days`, elapsed time for the
rest. Instants are aware datetimes in UTC, amounts are whole seconds of the promise's own time. A
function that needs a day beyond the calendar raises `worktime.CalendarEnds`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal, Protocol, cast, get_args

from dispatch.domain.time.instants import SECOND, at_clock_time, from_us, to_us
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.worktime import Calendar

TimeUnit = Literal["minutes", "hours", "days", "work_hours", "work_days"]

TIME_UNITS: Final[tuple[TimeUnit, ...]] = get_args(TimeUnit)
WORKING: Final = frozenset({"work_hours", "work_days"})  # these count office time alone
REWORK_SHARE: Final = 4  # rework gets at least 1/4 of the limit

_WRITTEN: Final = re.compile(r"([1-9]\d{0,4}) ([a-z_]+)", re.ASCII)


@dataclass(frozen=True)
class Limit:
    """A promised time as its playbook writes it: `8 work_hours`. Never converted between units."""

    value: int
    unit: TimeUnit

    def __post_init__(self) -> None:
        if self.unit not in TIME_UNITS:
            raise ValueError(f"unknown unit of time {self.unit!r}: one of {', '.join(TIME_UNITS)}")
        if self.value < 1:
            raise ValueError(f"a promise of {self.value} {self.unit} is none")

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Reads `8 work_hours` (`1 work_hour` too); raises ValueError for anything else."""
        written = _WRITTEN.fullmatch(" ".join(text.split()))
        if not written:
            raise ValueError(f"{text!r} is no limit: write a number and a unit, like 8 work_hours")
        value, unit = written.groups()
        return cls(int(value), cast("TimeUnit", unit if unit.endswith("s") else f"{unit}s"))

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


def due(
    start: datetime, limit: Limit, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When the promise is due; None while a pause that began before its due time is open."""
    begin = to_us(start)
    at = _UNPAUSED[limit.unit](begin, limit.value, calendar)
    return _after_pauses(begin, at, _own_time(limit.unit, calendar), pauses)


def budget(start: datetime, limit: Limit, calendar: Calendar) -> int:
    """The seconds of own time that a promise made at `start` gives; a `work_days` promise fixes
    them at its start.
    """
    begin = to_us(start)
    at = _UNPAUSED[limit.unit](begin, limit.value, calendar)
    return _own_time(limit.unit, calendar).between(begin, at) // SECOND


def due_by_budget(
    start: datetime, seconds: int, unit: TimeUnit, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When `seconds` of own time are used up, at once where there are none; for continuations and
    for shares of a limit. None while paused, as in `due`.
    """
    begin, own = to_us(start), _own_time(unit, calendar)
    at = own.add(begin, max(seconds, 0) * SECOND)
    return _after_pauses(begin, at, own, pauses)


def postponed(
    since: datetime, due_at: datetime, unit: TimeUnit, calendar: Calendar, pauses: Iterable[Pause]
) -> datetime | None:
    """A due time that counts from `since` on, moved by the pauses after that; None while paused."""
    if due_at <= since:
        return due_at
    own = _own_time(unit, calendar)
    return _after_pauses(to_us(since), to_us(due_at), own, list(pauses))


def used(
    start: datetime, now: datetime, unit: TimeUnit, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> int:
    """The seconds of own time between `start` and `now` in which the clock ran."""
    begin, until, own = to_us(start), to_us(now), _own_time(unit, calendar)
    ran = own.between(begin, until)
    for pause, release in stretches(begin, pauses):
        if pause < until:
            ran -= own.between(pause, min(release, until))
    return ran // SECOND


def seconds_overdue(
    due_at: datetime,
    now: datetime,
    unit: TimeUnit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> int | None:
    """How late it is at `now` in seconds of own time; None where it is not late.

    0 is late as well: the due time has passed and no office has opened since.
    """
    return used(due_at, now, unit, calendar, pauses) if now > due_at else None


def rework_budget(given: int, left: int) -> int:
    """Seconds for rework: what was left, and at least a quarter of the limit."""
    return max(left, given // REWORK_SHARE)


def earlier(instant: datetime, limit: Limit, calendar: Calendar) -> datetime:
    """The instant that lies a limit before another one, counted in the limit's own unit.

    Days keep their clock time; so do work_days, in either reading.
    """
    return from_us(_EARLIER[limit.unit](to_us(instant), limit.value, calendar))


class _OwnTime(Protocol):
    """The time in which a promise counts, in microseconds: a Calendar, or elapsed time."""

    def between(self, a: int, b: int, /) -> int: ...
    def add(self, start: int, amount: int, /, *, to_opening: bool = False) -> int: ...


class _Elapsed:
    def between(self, a: int, b: int, /) -> int:
        return b - a

    def add(self, start: int, amount: int, /, *, to_opening: bool = False) -> int:  # noqa: ARG002 - never closed
        return start + amount


_ELAPSED: Final = _Elapsed()


def _own_time(unit: TimeUnit, calendar: Calendar) -> _OwnTime:
    return calendar if unit in WORKING else _ELAPSED


def _after_pauses(
    begin: int, unpaused: int, own: _OwnTime, pauses: Iterable[Pause]
) -> datetime | None:
    """Each pause keeps what was left when it began, and the rest counts on from its end."""
    if not pauses:
        return from_us(unpaused)
    # Some promises end at an opening (same_time after a filing at night), where their last second
    # was yesterday's closing: the remainder has to end on that side of the night as well.
    to_opening = own.add(begin, own.between(begin, unpaused)) < unpaused
    at = unpaused
    for pause, release in stretches(begin, pauses):
        if pause >= at:
            break  # it began after the due time
        if release == _NEVER:
            return None
        if release > at or own.between(pause, release):
            at = own.add(release, own.between(pause, at), to_opening=to_opening)
    return from_us(at)


_NEVER: Final = to_us(datetime.max.replace(tzinfo=UTC))


def stretches(begin: int, pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    """Pauses as disjoint (begin, end) pairs from `begin` on, in order and in microseconds;
    overlapping ones count once.
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(begin, to_us(p.start)), _release(p)) for p in pauses):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return found


def _release(pause: Pause) -> int:
    return _NEVER if pause.end is None else to_us(pause.end)


def _at_same_clock_time(at: int, days: int, calendar: Calendar) -> int:
    local = from_us(at).astimezone(calendar.zone).replace(tzinfo=None)
    return to_us(at_clock_time(local + timedelta(days=days), calendar.zone))


def _after_work_days(start: int, days: int, calendar: Calendar) -> int:
    if calendar.plan.work_day == "same_time":
        return calendar.same_time_after_days(start, days)
    return calendar.close_after_days(start, days)


_MINUTE: Final = 60 * SECOND
_HOUR: Final = 60 * _MINUTE

_UNPAUSED: Final[Mapping[str, Callable[[int, int, Calendar], int]]] = MappingProxyType(
    {
        "minutes": lambda start, value, _: start + value * _MINUTE,
        "hours": lambda start, value, _: start + value * _HOUR,
        "days": _at_same_clock_time,
        "work_hours": lambda start, value, calendar: calendar.add(start, value * _HOUR),
        "work_days": _after_work_days,
    }
)
_EARLIER: Final[Mapping[str, Callable[[int, int, Calendar], int]]] = MappingProxyType(
    {
        "minutes": lambda at, value, _: at - value * _MINUTE,
        "hours": lambda at, value, _: at - value * _HOUR,
        "days": lambda at, value, calendar: _at_same_clock_time(at, -value, calendar),
        "work_hours": lambda at, value, calendar: calendar.subtract(at, value * _HOUR),
        "work_days": lambda at, value, calendar: calendar.shift_work_days(at, -value),
    }
)
