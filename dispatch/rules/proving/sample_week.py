"""Moments at which promises and routes are tried: each hour of an ordinary week."""

from datetime import datetime, timedelta
from typing import Final

MONDAY_MIDNIGHT: Final = datetime.fromisoformat("2026-11-16T00:00+08:00")
# Nights and the weekend are among them.
EACH_HOUR: Final = tuple(MONDAY_MIDNIGHT + timedelta(hours=each) for each in range(168))
# Offices are open.
MONDAY_MORNING: Final = datetime.fromisoformat("2026-11-16T10:00+08:00")
