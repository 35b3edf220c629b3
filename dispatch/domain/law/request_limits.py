"""How often, how early and how long a unit may ask for more time."""

from datetime import date
from typing import Final

MOST_EXTENSIONS: Final = 2
MOST_SUSPENSIONS: Final = 1
ASKED_BEFORE_PERCENT: Final = 90


def asked_in_time(used: int, whole: int) -> bool:
    """Before 90 % of the time is used, what earlier extensions added included (seconds)."""
    return used * 100 < whole * ASKED_BEFORE_PERCENT


def latest_end(today: date) -> date:
    """A suspension ends within a year: on the same date of the next one (29 Feb: 1 March)."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return date(today.year + 1, 3, 1)
