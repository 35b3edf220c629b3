"""The days of a time zone as instants, and when its wall clock shows a given minute of a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.time.instants import SECOND, first_reading, to_us

_ONE_DAY: Final = timedelta(days=1)
_DAY_MINUTES: Final = 1440
_MINUTE: Final = 60 * SECOND


@dataclass(frozen=True, slots=True)
class CivilDays:
    """Consecutive local days. `midnights`: in UTC microseconds, with the one after the last day;
    `even`: whether a day has 24 hours, so that its clock times need no look-up in the zone.
    """

    zone: ZoneInfo
    dates: tuple[date, ...]
    midnights: tuple[int, ...]
    even: tuple[bool, ...]

    def reading(self, number: int, minutes: int) -> int:
        """The first instant at which the wall clock shows `minutes` past midnight of the day with
        this number. More than 1440 minutes reach into the next day, as night shifts do.
        """
        while minutes > _DAY_MINUTES and number + 1 < len(self.dates):
            number, minutes = number + 1, minutes - _DAY_MINUTES
        if minutes <= _DAY_MINUTES and self.even[number]:
            return self.midnights[number] + minutes * _MINUTE
        return first_reading(midnight(self.dates[number]) + timedelta(minutes=minutes), self.zone)


@lru_cache(maxsize=32)
def civil_days(timezone: str, first: date, last: date) -> CivilDays:
    """The days from first to last, inclusive; cached, for the calendars of one town share them."""
    zone = ZoneInfo(timezone)
    dates = tuple(first + number * _ONE_DAY for number in range((last - first).days + 1))
    midnights = tuple(_begins(day, zone) for day in (*dates, last + _ONE_DAY))
    length = _DAY_MINUTES * _MINUTE
    even = tuple(end - begin == length for begin, end in pairwise(midnights))
    return CivilDays(zone, dates, midnights, even)


def midnight(day: date) -> datetime:
    """The day's midnight as a naive local time."""
    return datetime.combine(day, time())


def _begins(day: date, zone: ZoneInfo) -> int:
    """Where both folds agree nothing is skipped or repeated, and the zone need not be searched."""
    local = datetime.combine(day, time(), zone)
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return to_us(local)
    return first_reading(local.replace(tzinfo=None), zone)
