"""Until when may a deed be taken back: a closed alert opened again, a merge undone?"""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.time.instants import at_clock_time

UNMERGE_WITHIN: Final = timedelta(days=1)  # DOMAIN §3: undo within a day


def reopens_until(closed_at: datetime, days: int, zone: ZoneInfo) -> datetime | None:
    """The same clock time so many days after the closing; None where nothing is opened again."""
    if days <= 0:
        return None
    local = closed_at.astimezone(zone).replace(tzinfo=None)
    return at_clock_time(local + timedelta(days=days), zone)


def unmerges_until(merged_at: datetime) -> datetime:
    return merged_at + UNMERGE_WITHIN
