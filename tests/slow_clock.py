"""A second, slow calendar that counts minute by minute, and the cities it is compared in."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from calendars import OFFICE, WEEKDAYS, days, plan
from hypothesis import strategies as st

from dispatch.domain.time.office_hours import CalendarPlan
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import Calendar

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class SlowClock:
    """Looks at the clock on the wall once a minute. An office opens in the first minute in which
    it reads the opening time or later, and closes likewise.
    """

    plan: CalendarPlan

    @cached_property
    def walls(self) -> list[datetime]:
        """What the wall clock reads in each minute of the calendar."""
        return walls_of(self.plan.timezone, self.plan.first, self.plan.last)

    @cached_property
    def latest(self) -> list[datetime]:
        """The latest that the wall clock has read up to each minute: it may be put back."""
        return list(accumulate(self.walls, max))

    @cached_property
    def begin(self) -> datetime:
        return datetime.combine(self.plan.first, time(), ZoneInfo(self.plan.timezone))

    def first_reading(self, wall: datetime) -> int:
        return bisect_left(self.latest, wall)

    @cached_property
    def shifts(self) -> dict[date, list[tuple[int, int]]]:
        """Opening and closing minutes of each day that has any."""
        found: dict[date, list[tuple[int, int]]] = {}
        day = self.plan.first
        while day <= self.plan.last:
            for opens, closes in self.plan.segments(day):
                midnight = datetime.combine(day, time())
                begin = self.first_reading(midnight + opens * MINUTE)
                end = self.first_reading(midnight + closes * MINUTE)
                if begin < end:
                    found.setdefault(day, []).append((begin, end))
            day += DAY
        return found

    @cached_property
    def open(self) -> bytes:
        """1 for each minute in which somebody works."""
        minutes = bytearray(len(self.walls))
        for shifts in self.shifts.values():
            for begin, end in shifts:
                minutes[begin:end] = b"\1" * (min(end, len(minutes)) - begin)
        return bytes(minutes)

    @cached_property
    def always(self) -> bytes:
        return b"\1" * len(self.walls)

    def worked(self, a: int, b: int) -> int:
        return self.open[a:b].count(1)

    def due(self, start: int, limit: Limit, pauses: list[tuple[int, int]]) -> int:
        runs = self.open if limit.unit.startswith("work") else self.always
        at = self.unpaused(start, limit)
        if at >= len(self.walls):
            raise IndexError(f"minute {at} lies after the calendar's last")
        left = runs[start:at].count(1)
        after_the_night = not runs[at - 1]  # due at an opening, not at a closing
        ticks = bytearray(runs)
        for begin, end in pauses:
            ticks[begin:end] = bytes(len(ticks[begin:end]))
        if ticks[start:at].count(1) == left and not held(at, pauses):
            return at  # nothing was set aside: it stays where it was promised, open or not
        minute = start
        while left:
            left -= ticks[minute]
            minute += 1
        while after_the_night and not (runs[minute] and not held(minute, pauses)):
            minute += 1
        return minute

    def unpaused(self, start: int, limit: Limit) -> int:
        match limit.unit:
            case "minutes" | "hours":
                return start + limit.value * (60 if limit.unit == "hours" else 1)
            case "work_hours":
                return self.count_open(start, limit.value * 60)
            case "days":
                return self.same_clock_time(self.walls[start] + limit.value * DAY)
        if self.plan.work_day == "close_of_day":
            later = [day for day in self.shifts if day > self.walls[start].date()]
            return self.shifts[later[limit.value - 1]][-1][1]
        filed = next(m for m in range(start, len(self.walls)) if self.open[m])
        home = max(day for day in self.shifts if self.shifts[day][0][0] <= filed)
        later = [day for day in self.shifts if day > home][limit.value - 1]
        return self.first_reading(self.walls[filed] + (later - home))

    def same_clock_time(self, wall: datetime) -> int:
        """The first minute that reads `wall`; a skipped time moves forward by what was skipped."""
        minute = self.first_reading(wall)
        skipped = self.walls[minute] - self.walls[minute - 1] - MINUTE
        return minute if self.walls[minute] == wall else self.first_reading(wall + skipped)

    def count_open(self, start: int, minutes: int) -> int:
        at = start
        while minutes:
            minutes -= self.open[at]
            at += 1
        return at

    def instant(self, minute: int) -> datetime:
        return self.begin.astimezone(UTC) + minute * MINUTE


@cache
def walls_of(timezone: str, first: date, last: date) -> list[datetime]:
    """What the wall clock of a zone reads from minute to minute; and one minute more."""
    zone = ZoneInfo(timezone)
    minute = datetime.combine(first, time(), zone).astimezone(UTC)
    walls = []
    while (wall := minute.astimezone(zone).replace(tzinfo=None)).date() <= last:
        walls.append(wall)
        minute += MINUTE
    return [*walls, wall]


def held(minute: int, pauses: list[tuple[int, int]]) -> bool:
    return any(begin < minute < end for begin, end in pauses)


CITIES = {
    "Futian over Labour Day": plan(first=date(2026, 4, 27), last=date(2026, 5, 17)),
    "Futian at the same time": plan(
        first=date(2026, 4, 27), last=date(2026, 5, 17), work_day="same_time"
    ),
    "New York in spring": plan(
        timezone="America/New_York",
        week=dict.fromkeys(range(7), ((60, 150), (165, 500), (600, 1020))),
        first=date(2026, 3, 1),
        last=date(2026, 3, 17),
    ),
    "New York in autumn at the same time": plan(
        timezone="America/New_York",
        week=dict.fromkeys(WEEKDAYS, ((510, 1020),)),
        holidays=days("2026-11-11"),
        first=date(2026, 10, 26),
        last=date(2026, 11, 14),
        work_day="same_time",
    ),
    "night shifts": plan(
        week=dict.fromkeys(range(6), (*OFFICE, (1320, 1830))),
        first=date(2026, 4, 27),
        last=date(2026, 5, 17),
    ),
    "night shifts over the repeated hour": plan(
        timezone="America/New_York",
        week=dict.fromkeys((0, 2, 4, 5, 6), ((1320, 1800),)),
        holidays=frozenset(),
        working_days=frozenset(),
        first=date(2026, 10, 26),
        last=date(2026, 11, 14),
        work_day="same_time",
    ),
    "somebody is always there": plan(
        week=dict.fromkeys(range(7), ((480, 1920),)),
        holidays=frozenset(),
        working_days=frozenset(),
        first=date(2026, 4, 27),
        last=date(2026, 5, 17),
    ),
    "a night that reaches over the next morning's hours": plan(
        week=dict.fromkeys(WEEKDAYS, (*OFFICE, (1080, 2200))),
        first=date(2026, 4, 27),
        last=date(2026, 5, 17),
        work_day="same_time",
    ),
}
CLOCKS = {name: (SlowClock(written), Calendar(written)) for name, written in CITIES.items()}
TEN_DAYS = 10 * 1440

# At any minute, and often on the half hour, when offices open and close.
starts = st.integers(0, TEN_DAYS) | st.integers(0, TEN_DAYS // 30).map(lambda half: half * 30)
lengths = st.integers(0, 900) | st.integers(0, 60).map(lambda half: half * 30)
limits = st.one_of(
    st.builds(Limit, st.integers(1, 600), st.just("minutes")),
    st.builds(Limit, st.integers(1, 20), st.sampled_from(["hours", "work_hours"])),
    st.builds(Limit, st.integers(1, 3), st.just("days")),
    st.builds(Limit, st.integers(1, 6), st.just("work_days")),
)
stretches = st.lists(
    st.tuples(starts, lengths).map(lambda s: (s[0], s[0] + s[1])),
    max_size=4,
)
