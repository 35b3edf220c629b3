"""Office time: how many seconds of it lie between two instants, and when some of it is used up.

A `Calendar` is compiled once from its plan into spans of UTC microseconds with prefix sums, so that
every question is one or two bisections. Local times become UTC while the table is built: a shift
inside a skipped hour counts 0, a shift over a repeated hour counts what its people worked.
"""

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from itertools import accumulate

from dispatch.domain.time.civil_days import CivilDays, civil_days, midnight
from dispatch.domain.time.instants import at_clock_time, from_us, to_us
from dispatch.domain.time.office_hours import CalendarPlan, Segment


class CalendarEnds(Exception):  # noqa: N818 - an answer of the calendar, not a fault
    """The question reaches outside the days that the calendar covers, so there is no answer."""

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
        days = civil_days(plan.timezone, plan.first, plan.last)
        self.zone = days.zone
        self._midnights = days.midnights
        self._begin, self._end = days.midnights[0], days.midnights[-1]
        hours = {
            number: spans
            for number, day in enumerate(days.dates)
            if (shifts := plan.segments(day)) and (spans := self._hours(days, number, shifts))
        }
        spans = _merged(sorted(span for spans in hours.values() for span in spans))
        self._opens = [opens for opens, _ in spans]
        self._closes = [closes for _, closes in spans]
        # Work before span i; one more at the end for all of it.
        self._before = list(accumulate((c - o for o, c in spans), initial=0))
        self._work_days = [days.dates[number] for number in hours]
        self._work_day_opens = [spans[0][0] for spans in hours.values()]
        self._work_day_closes = [self._closing(days, number) for number in hours]
        self._work_days_by = list(
            accumulate(int(number in hours) for number in range(len(days.dates)))
        )

    def next_opening(self, instant: datetime) -> datetime:
        """The instant itself inside office hours, else the next opening minute."""
        return from_us(self.opening(to_us(instant)))

    # From here on in microseconds, for promises.py.

    def between(self, a: int, b: int, /) -> int:
        self._check(a)
        self._check(b)
        return self._work_until(b) - self._work_until(a)

    def add(self, start: int, amount: int, /, *, to_opening: bool = False) -> int:
        """When `amount` is used up. `to_opening`: an amount that is used up at a closing time ends
        at the next opening.
        """
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

    @property
    def end(self) -> int:
        """The last instant that it covers, in microseconds."""
        return self._end

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
        """The closing time of the `days`-th working day after the local date of `start`."""
        self._check(start)
        day = bisect_right(self._midnights, start) - 1
        day = min(day, len(self._work_days_by) - 1)  # the midnight after the last day
        closes = self._work_day_closes[self._work_day(self._work_days_by[day] + days - 1)]
        self._check(closes)
        return closes

    def same_time_after_days(self, start: int, days: int) -> int:
        """`days` working days later at the clock time of `start`, or of the next opening."""
        return self.shift_work_days(self.opening(start), days)

    def shift_work_days(self, at: int, days: int) -> int:
        """The same clock time so many working days later, or earlier for a negative number."""
        self._check(at)
        home = self._work_day(bisect_right(self._work_day_opens, at) - 1)
        local = from_us(at).astimezone(self.zone).replace(tzinfo=None)
        since_midnight = local - midnight(self._work_days[home])  # a night shift's exceeds a day
        target = midnight(self._work_days[self._work_day(home + days)]) + since_midnight
        shifted = to_us(at_clock_time(target, self.zone))
        self._check(shifted)
        return shifted

    def _work_until(self, at: int) -> int:
        span = bisect_right(self._opens, at) - 1
        if span < 0:
            return 0
        return self._before[span] + min(at, self._closes[span]) - self._opens[span]

    def _where_ends(self, work: int) -> int:
        """The earliest instant by which so much work is done: a closing, never an opening."""
        span = bisect_left(self._before, work) - 1
        if span < 0 or work > self._before[-1]:
            raise self._ends()
        return self._opens[span] + work - self._before[span]

    def _where_begins(self, work: int) -> int:
        """The latest instant by which so much work is done: an opening, never a closing."""
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

    def _hours(
        self, days: CivilDays, number: int, shifts: tuple[Segment, ...]
    ) -> list[tuple[int, int]]:
        """The spans of one day in UTC, cut where the calendar ends, without empty ones."""
        spans = (
            (days.reading(number, opens), min(days.reading(number, closes), self._end))
            for opens, closes in shifts
        )
        return [span for span in spans if span[0] < span[1]]

    def _closing(self, days: CivilDays, number: int) -> int:
        return days.reading(number, self.plan.segments(days.dates[number])[-1][1])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A night shift may reach into the next morning's hours: shared time counts once."""
    merged: list[tuple[int, int]] = []
    for opens, closes in spans:
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(closes, merged[-1][1]))
        else:
            merged.append((opens, closes))
    return merged
