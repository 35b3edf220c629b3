"""An instant as people of a zone say it."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

_WRITTEN: Final = {"zh": "M月d日HH:mm", "en": "d MMM HH:mm"}


def spoken_instant(at: datetime, timezone: str, language: str) -> str:
    """11月28日11:07, 28 Nov 11:07, by the clock of a zone."""
    tongue = language[:2]
    local = at.astimezone(ZoneInfo(timezone))
    return format_datetime(local, _WRITTEN.get(tongue, _WRITTEN["en"]), locale=tongue)
