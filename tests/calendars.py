"""Calendars written out by hand, Futian's of 2026 first; `at` and `local` for their times."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dispatch.domain.time.instants import SECOND, from_us, to_us
from dispatch.domain.time.office_hours import CalendarPlan
from dispatch.domain.time.worktime import Calendar

OFFICE = ((540, 720), (840, 1080))  # 09:00-12:00, 14:00-18:00
WEEKDAYS = range(5)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def days(*texts: str) -> frozenset[date]:
    """`2026-05-01` or `2026-05-01/05`: the first to the last day of that month."""
    return frozenset(
        date.fromisoformat(f"{text[:8]}{day:02d}")
        for text in texts
        for day in range(int(text[8:10]), int(text[-2:]) + 1)
    )


# The State Council's notices for 2025 and 2026.
HOLIDAYS = days(
    "2025-01-01/01",
    "2025-01-28/31",
    "2025-02-01/04",
    "2025-04-04/06",
    "2025-05-01/05",
    "2025-05-31/31",
    "2025-06-01/02",
    "2025-10-01/08",
    "2026-01-01/03",
    "2026-02-15/23",
    "2026-04-04/06",
    "2026-05-01/05",
    "2026-06-19/21",
    "2026-09-25/27",
    "2026-10-01/07",
)
MADE_UP = days(
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
)

# As the State Council might order it: plausible, and nobody's promise.
NOTICE_2027 = """\
source: 国务院办公厅关于2027年部分节假日安排的通知（测试用）
holidays: [
  2027-01-01, 2027-01-02, 2027-01-03, 2027-02-05, 2027-02-06, 2027-02-07, 2027-02-08,
  2027-02-09, 2027-02-10, 2027-02-11, 2027-02-12, 2027-04-03, 2027-04-04, 2027-04-05,
  2027-05-01, 2027-05-02, 2027-05-03, 2027-05-04, 2027-05-05, 2027-06-09, 2027-09-15,
  2027-10-01, 2027-10-02, 2027-10-03, 2027-10-04, 2027-10-05, 2027-10-06, 2027-10-07
]
working_days: [2027-01-10, 2027-01-31, 2027-02-20, 2027-05-08, 2027-09-26, 2027-10-09]
"""


def plan(**changes: object) -> CalendarPlan:
    """Futian's office hours, with what a test wants otherwise."""
    written = {
        "name": "futian",
        "version": "2026",
        "timezone": "Asia/Shanghai",
        "week": dict.fromkeys(WEEKDAYS, OFFICE),
        "holidays": HOLIDAYS,
        "working_days": MADE_UP,
        "first": date(2025, 1, 1),
        "last": date(2026, 12, 31),
    }
    return CalendarPlan(**(written | changes))


FUTIAN = Calendar(plan())
SAME_TIME = Calendar(plan(name="same_time", work_day="same_time"))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A local time as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def local(instant: datetime, zone: ZoneInfo = SHANGHAI) -> str:
    """An instant as people there read it, to the minute."""
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def work_seconds_between(calendar: Calendar, a: datetime, b: datetime) -> int:
    """Whole office seconds from a to b; negative when b comes first."""
    return calendar.between(to_us(a), to_us(b)) // SECOND


def add_work_seconds(calendar: Calendar, start: datetime, seconds: int) -> datetime:
    """Where so many office seconds after `start` end; on a closing time it is that closing."""
    return from_us(calendar.add(to_us(start), seconds * SECOND))


def subtract_work_seconds(calendar: Calendar, end: datetime, seconds: int) -> datetime:
    """The latest instant from which so many office seconds lie before `end`."""
    return from_us(calendar.subtract(to_us(end), seconds * SECOND))


def is_working_day(calendar: Calendar, day: date) -> bool:
    return bool(calendar.plan.segments(day))


def is_open(calendar: Calendar, instant: datetime) -> bool:
    return calendar.next_opening(instant) == instant


# A calendar of a playbook without a break; what else it says, and other calendars, come behind.
ROUND_THE_CLOCK = """\
  duty:
    version: "1"
    first: 2026-01-01
    last: 2026-12-31
    open_on_holidays: true
    week:
      mon: ["00:00-24:00"]
      tue: ["00:00-24:00"]
      wed: ["00:00-24:00"]
      thu: ["00:00-24:00"]
      fri: ["00:00-24:00"]
      sat: ["00:00-24:00"]
      sun: ["00:00-24:00"]
"""
