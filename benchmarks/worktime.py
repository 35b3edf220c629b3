"""Due times a second, by unit, on the default playbook's calendar; what others have beside it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from itertools import cycle
from typing import Any

from benchmarks.table import per_second, show
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.promises import Limit, due
from dispatch.domain.time.worktime import Calendar
from dispatch.rules.book.loading import load_folder
from dispatch.settings import load_settings

STARTS = [
    datetime(2026, month, 9, hour, 17, tzinfo=UTC) for month in range(1, 9) for hour in (1, 9)
]
LIMITS = ("30 minutes", "2 days", "8 work_hours", "5 work_days")


def run() -> None:
    calendar = next(iter(load_folder(load_settings({}).playbook).calendars.values()))
    rows = [(written, *_figures(Limit.parse(written), calendar)) for written in LIMITS]
    rows += [(f"8 work_hours, {name}", figure, "–") for name, figure in _peers(calendar)]
    show(
        "Due times a CPU second",
        ("limit", "no pause", "three pauses"),
        rows,
        "CPU time of one core; holidays and make-up days of two years. Peers "
        "(requirements-bench.txt): the same holidays; none of them knows make-up days with hours, "
        "pauses or a horizon.",
    )


def _figures(limit: Limit, calendar: Calendar) -> tuple[str, str]:
    starts, pauses = cycle(STARTS), _pauses(STARTS[0])
    plain = _speed(lambda: due(next(starts), limit, calendar))
    paused = _speed(lambda: due(STARTS[0], limit, calendar, pauses))
    return f"{plain:,.0f}", f"{paused:,.0f}"


def _speed(deed: Callable[[], object]) -> float:
    return per_second(deed, clock=time.process_time)


def _pauses(start: datetime) -> list[Pause]:
    hours = [start + timedelta(minutes=each) for each in (5, 10, 12, 15, 20, 25)]
    return [Pause(*pair) for pair in zip(hours[::2], hours[1::2], strict=True)]


def _peers(calendar: Calendar) -> list[tuple[str, str]]:
    """The peers that are installed: `pip install -r requirements-bench.txt`."""
    found = []
    for name, peer in (("pandas", _pandas), ("businesstimedelta", _businesstimedelta)):
        if find_spec(name) is None:
            found.append((name, "not installed"))
        else:
            found.append((f"{name}", f"{_speed(peer(calendar)):,.0f}"))
    return found


def _local() -> Any:
    return cycle([start.replace(tzinfo=None) + timedelta(hours=8) for start in STARTS])


def _pandas(calendar: Calendar) -> Callable[[], object]:
    import pandas as pd  # noqa: PLC0415 - only where it is installed

    holidays = sorted(calendar.plan.holidays)
    hours = pd.offsets.CustomBusinessHour(
        8, start=["09:00", "14:00"], end=["12:00", "18:00"], holidays=holidays
    )
    starts = _local()
    return lambda: pd.Timestamp(next(starts)) + hours


def _businesstimedelta(calendar: Calendar) -> Callable[[], object]:
    import businesstimedelta as btd  # noqa: PLC0415 - only where it is installed

    hours = [(9, 12), (14, 18)]
    shifts = [btd.WorkDayRule(_clock(a), _clock(b), working_days=[0, 1, 2, 3, 4]) for a, b in hours]
    days_off = btd.HolidayRule(dict.fromkeys(calendar.plan.holidays, "off"))
    eight = btd.BusinessTimeDelta(btd.Rules([*shifts, days_off]), hours=8)
    starts = _local()
    return lambda: next(starts) + eight


def _clock(hour: int) -> Any:
    return datetime(2026, 1, 1, hour, tzinfo=UTC).time()
