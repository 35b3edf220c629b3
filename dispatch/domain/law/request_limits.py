"""How often, how early and for how long a unit may ask for more time."""

from datetime import date
from typing import Final

MOST_EXTENSIONS: Final = 2
MOST_SUSPENSIONS: Final = 1
ASKED_BEFORE_PERCENT: Final = 90


def asked_in_time(used: int, whole: int) -> bool:
    """Whether less than 90 % of the time is used; both in seconds, earlier extensions included."""
    return used * 100 < whole * ASKED_BEFORE_PERCENT


def latest_end(today: date) -> date:
    """The last date until which an alert can be suspended: the same date next year (29 February: 1
    March).
    """
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return date(today.year + 1, 3, 1)
