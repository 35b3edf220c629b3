"""Office hours as a calendar's owner writes them: weekly hours, holidays, make-up days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

Segment = tuple[int, int]  # opening and closing minute of the local day
WorkDay = Literal["close_of_day", "same_time"]

_DAY_MINUTES: Final = 1440
_MONDAY: Final = 0
# Every day is compiled: a slip in a year must not cost minutes and memory.
_EARLIEST: Final = date(1970, 1, 1)
_LATEST: Final = date(9998, 12, 31)  # the midnight after the last day is asked for, too
_LONGEST: Final = timedelta(days=50 * 366)


class ImpossibleCalendarError(ValueError):
    """The plan contradicts itself: `code` says how, `seen` quotes it."""

    def __init__(self, code: str, seen: str) -> None:
        super().__init__(f"{code}: {seen}")
        self.code, self.seen = code, seen


@dataclass(frozen=True)
class CalendarPlan:
    """A calendar as its owner writes it.

    `week`: weekday (Monday 0) to segments of local minutes; a night shift closes after 1440
    (22:00 to 06:00 is (1320, 1800)) and belongs to the day on which it opens. `working_days`
    are make-up days (调休) with `makeup_hours`, by default the Monday's. `first` and `last` are
    covered, inclusive. `open_on_holidays`: a desk that is always manned, which no year's notice
    concerns. Raises ImpossibleCalendarError.
    """

    name: str
    version: str
    timezone: str
    week: Mapping[int, tuple[Segment, ...]]
    first: date
    last: date
    holidays: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    makeup_hours: tuple[Segment, ...] | None = None
    work_day: WorkDay = "close_of_day"
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ImpossibleCalendarError("ends_before", f"{self.first} > {self.last}")
        long = self.last - self.first > _LONGEST
        if long or self.first < _EARLIEST or self.last > _LATEST:
            raise ImpossibleCalendarError("too_long", f"{self.first} – {self.last}")
        if both := self.holidays & self.working_days:
            raise ImpossibleCalendarError("off_and_on", ", ".join(map(str, sorted(both))))
        for segments in (*self.week.values(), self.makeup_hours or ()):
            _refuse_impossible(segments)

    def segments(self, day: date) -> tuple[Segment, ...]:
        """The office hours of one local day; none on a day off."""
        if day in self.working_days:
            return self.makeup_hours or self.week.get(_MONDAY, ())
        if day in self.holidays:
            return ()
        return self.week.get(day.weekday(), ())


def _refuse_impossible(segments: tuple[Segment, ...]) -> None:
    for opens, closes in segments:
        if not (0 <= opens < _DAY_MINUTES and opens < closes <= opens + _DAY_MINUTES):
            raise ImpossibleCalendarError("no_hours", f"{_clock(opens)}-{_clock(closes)}")
    for (_, closes), (opens, _) in pairwise(segments):
        if opens < closes:
            raise ImpossibleCalendarError("overlap", f"{_clock(opens)} < {_clock(closes)}")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
