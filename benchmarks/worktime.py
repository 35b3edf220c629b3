"""Due times a second, by unit, on the default playbook's calendar."""

from datetime import UTC, datetime
from itertools import cycle

from benchmarks.table import per_second, show
from dispatch.domain.promises import Limit, Pause, due
from dispatch.domain.worktime import Calendar
from dispatch.rules.loading import load_folder
from dispatch.settings import load

STARTS = [
    datetime(2026, month, 9, hour, 17, tzinfo=UTC) for month in range(1, 9) for hour in (1, 9)
]
LIMITS = ("30 minutes", "2 days", "8 work_hours", "5 work_days")


def run() -> None:
    calendar = next(iter(load_folder(load({}).playbook).calendars.values()))
    pause = Pause(STARTS[-1], datetime(2026, 9, 9, 9, tzinfo=UTC))
    rows = [(written, *_figures(Limit.parse(written), calendar, pause)) for written in LIMITS]
    show(
        "Due times a second",
        ("limit", "no pause", "one pause"),
        rows,
        "holidays and make-up days of two years; one thread.",
    )


def _figures(limit: Limit, calendar: Calendar, pause: Pause) -> tuple[str, str]:
    starts = cycle(STARTS)
    plain = per_second(lambda: due(next(starts), limit, calendar))
    paused = per_second(lambda: due(STARTS[-1], limit, calendar, [pause]))
    return f"{plain:,.0f}", f"{paused:,.0f}"
