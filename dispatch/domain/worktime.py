"""Working time: how many office seconds lie between two instants, and where some of them end.

A `Calendar` is compiled once from its plan into spans of UTC microseconds with prefix sums, so
that every question is one or two bisections. Local ends become UTC while the table is built: a
shift inside a skipped hour counts 0, a shift over a repeated hour counts what its people worked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.instants import SECOND, at_clock_time, first_reading, from_us, to_us
from dispatch.domain.office_hours import CalendarPlan

_ONE_DAY: Final = timedelta(days=1)
_DAY_MINUTES: Final = 1440
_MINUTE: Final = 60 * SECOND


class CalendarEnds(Exception):  # noqa: N818 - an answer of the calendar, not a fault
    """The question reaches outside the days that the calendar covers: never answered by a guess."""

    def __init__(self, calendar: str, first: date, last: date) -> None:
        super().__init__(f"calendar {calendar!r} covers {first} to {last} only")
        self.calendar = calendar
        self.first = first
        self.last = last


class Calendar:
    """A compiled plan. Instants are aware datetimes, durations whole seconds of work.

    Every method raises `CalendarEnds` when an instant of the question or of the answer lies
    outside the covered days.
    """

    def __init__(self, plan: CalendarPlan) -> None:
        self.plan = plan
        self.zone = ZoneInfo(plan.timezone)
        days = list(_days(plan.first, plan.last))
        self._even: dict[date, int] = {}
        self._midnights = [self._reading(day, 0) for day in (*days, plan.last + _ONE_DAY)]
        self._even = _even_days(days, self._midnights)
        self._begin, self._end = self._midnights[0], self._midnights[-1]
        hours = {day: spans for day in days if (spans := list(self._hours(day)))}
        spans = _merged(sorted(span for spans in hours.values() for span in spans))
        self._opens = [opens for opens, _ in spans]
        self._closes = [closes for _, closes in spans]
        # Work before span i; one more at the end for all of it.
        self._before = list(accumulate((c - o for o, c in spans), initial=0))
        self._work_days = list(hours)
        self._work_day_opens = [spans[0][0] for spans in hours.values()]
        self._work_day_closes = [self._reading(day, plan.segments(day)[-1][1]) for day in hours]
        self._work_days_by = list(accumulate(int(day in hours) for day in days))

    def work_seconds_between(self, a: datetime, b: datetime) -> int:
        """Whole office seconds from a to b; negative when b comes first."""
        return self.between(to_us(a), to_us(b)) // SECOND

    def add_work_seconds(self, start: datetime, seconds: int) -> datetime:
        """Where so many office seconds after `start` end; on a closing time it is that closing."""
        return from_us(self.add(to_us(start), seconds * SECOND))

    def subtract_work_seconds(self, end: datetime, seconds: int) -> datetime:
        """The latest instant from which so many office seconds lie before `end`."""
        return from_us(self.subtract(to_us(end), seconds * SECOND))

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself inside office hours, else the next opening minute."""
        return from_us(self.opening(to_us(instant)))

    def is_open(self, instant: datetime) -> bool:
        return self.opening(at := to_us(instant)) == at

    def is_working_day(self, day: date) -> bool:
        return bool(self.plan.segments(day))

    # Microseconds below: for promises.py, which adds and compares many of them.

    def between(self, a: int, b: int, /) -> int:
        self._check(a)
        self._check(b)
        return self._work_until(b) - self._work_until(a)

    def add(self, start: int, amount: int, /, *, to_opening: bool = False) -> int:
        """`to_opening`: an amount that is used up at a closing time ends at the next opening."""
        self._check(start)
        if not amount and not to_opening:
            return start
        target = self._work_until(start) + amount
        return self._where_begins(target) if to_opening else self._where_ends(target)

    def spans(self, a: int, b: int, /) -> list[tuple[int, int]]:
        """The office hours between two instants, cut at both."""
        self._check(a)
        self._check(b)
        first, last = bisect_right(self._closes, a), bisect_left(self._opens, b)
        pairs = zip(self._opens[first:last], self._closes[first:last], strict=True)
        return [(max(opens, a), min(closes, b)) for opens, closes in pairs]

    def subtract(self, end: int, amount: int, /) -> int:
        self._check(end)
        return self._where_begins(self._work_until(end) - amount)

    def opening(self, at: int) -> int:
        self._check(at)
        span = bisect_right(self._closes, at)
        if span == len(self._opens):
            raise self._ends()
        return max(at, self._opens[span])

    def close_after_days(self, start: int, days: int) -> int:
        """The closing time of the nth working day after the local date of `start`."""
        self._check(start)
        day = bisect_right(self._midnights, start) - 1
        day = min(day, len(self._work_days_by) - 1)  # the midnight after the last day
        closes = self._work_day_closes[self._work_day(self._work_days_by[day] + days - 1)]
        self._check(closes)
        return closes

    def same_time_after_days(self, start: int, days: int) -> int:
        """So many working days later at the clock time of `start`, or of the next opening."""
        return self.shift_work_days(self.opening(start), days)

    def shift_work_days(self, at: int, days: int) -> int:
        """The same clock time so many working days later, or earlier for a negative number."""
        self._check(at)
        home = self._work_day(bisect_right(self._work_day_opens, at) - 1)
        local = from_us(at).astimezone(self.zone).replace(tzinfo=None)
        since_midnight = local - _midnight(self._work_days[home])  # a night shift's exceeds a day
        target = _midnight(self._work_days[self._work_day(home + days)]) + since_midnight
        shifted = to_us(at_clock_time(target, self.zone))
        self._check(shifted)
        return shifted

    def _work_until(self, at: int) -> int:
        span = bisect_right(self._opens, at) - 1
        if span < 0:
            return 0
        return self._before[span] + min(at, self._closes[span]) - self._opens[span]

    def _where_ends(self, work: int) -> int:
        """The earliest instant up to which so much work lies: a closing, never an opening."""
        span = bisect_left(self._before, work) - 1
        if span < 0 or work > self._before[-1]:
            raise self._ends()
        return self._opens[span] + work - self._before[span]

    def _where_begins(self, work: int) -> int:
        """The latest instant up to which so much work lies: an opening, never a closing."""
        span = bisect_right(self._before, work) - 1
        if span < 0 or work >= self._before[-1]:
            raise self._ends()
        return self._opens[span] + work - self._before[span]

    def _work_day(self, index: int) -> int:
        if not 0 <= index < len(self._work_days):
            raise self._ends()
        return index

    def _check(self, at: int) -> None:
        if not self._begin <= at <= self._end:
            raise self._ends()

    def _ends(self) -> CalendarEnds:
        return CalendarEnds(self.plan.name, self.plan.first, self.plan.last)

    def _hours(self, day: date) -> Iterator[tuple[int, int]]:
        """The spans of one day in UTC, cut where the calendar ends, without empty ones."""
        for opens, closes in self.plan.segments(day):
            begin = self._reading(day, opens)
            end = min(self._reading(day, closes), self._end)
            if begin < end:
                yield begin, end

    def _reading(self, day: date, minutes: int) -> int:
        even = self._even.get(day)
        if even is not None and minutes <= _DAY_MINUTES:
            return even + minutes * _MINUTE
        return first_reading(_midnight(day) + timedelta(minutes=minutes), self.zone)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _ONE_DAY


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _even_days(days: list[date], midnights: list[int]) -> dict[date, int]:
    """The midnights of days of 24 hours: their clock times need no look at the zone."""
    length = _DAY_MINUTES * _MINUTE
    following = zip(days, pairwise(midnights), strict=True)
    return {day: begin for day, (begin, end) in following if end - begin == length}


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A night shift may reach into the next morning's hours: shared time counts once."""
    merged: list[tuple[int, int]] = []
    for opens, closes in spans:
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged
