"""Until when a step can be undone or answered: a signature, an alert, a merge, a request."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.time.instants import at_clock_time
from dispatch.domain.time.promises import Limit, due
from dispatch.domain.time.worktime import Calendar, CalendarEnds

UNMERGE_WITHIN: Final = timedelta(days=1)
RETURN_WITHIN: Final = Limit(1, "work_days")  # an assumption; no document of the city says it

# Until then the release of a support is answered; silence keeps the support. An assumption as well.
ANSWERED_WITHIN: Final = Limit(2, "work_hours")
# Where life is in danger the unit is due in minutes, at night as by day.
ANSWERED_IN_DANGER_WITHIN: Final = timedelta(minutes=30)


def answered_until(asked_at: datetime, hours: Calendar, *, life_safety: bool) -> datetime:
    """Until when a release is answered: by the office hours of whoever answers, where life is in
    danger at any hour; a day later where no calendar reaches.
    """
    if life_safety:
        return asked_at + ANSWERED_IN_DANGER_WITHIN
    try:
        until = due(asked_at, ANSWERED_WITHIN, hours)
    except CalendarEnds:
        until = None
    return until or asked_at + timedelta(days=1)


def returns_until(signed_at: datetime, hours: Calendar) -> datetime | None:
    """Until when a unit may return what it signed; None where no calendar reaches."""
    try:
        return due(signed_at, RETURN_WITHIN, hours)
    except CalendarEnds:
        return None


def reopens_until(closed_at: datetime, days: int, zone: ZoneInfo) -> datetime | None:
    """The same clock time `days` days after the closing; None where nothing is reopened."""
    if days <= 0:
        return None
    local = closed_at.astimezone(zone).replace(tzinfo=None)
    return at_clock_time(local + timedelta(days=days), zone)


def unmerges_until(merged_at: datetime) -> datetime:
    return merged_at + UNMERGE_WITHIN
