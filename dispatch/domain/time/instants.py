"""Instants as integer microseconds of UTC, and the local time that a zone's clock shows then.

Aware datetimes go in, integers do the arithmetic, aware UTC datetimes come out.
"""

from datetime import UTC, datetime, timedelta
from typing import Final, overload
from zoneinfo import ZoneInfo

SECOND: Final = 1_000_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_us(instant: datetime) -> int:
    """Raises TypeError for a naive datetime: a time without a zone is no instant."""
    return (instant - _EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


@overload
def as_instant(moment: datetime) -> str: ...


@overload
def as_instant(moment: None) -> None: ...


@overload
def as_instant(moment: datetime | None) -> str | None: ...


def as_instant(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with Z, as JSON carries it; None for none."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_logged(moment: datetime | None) -> str | None:
    """ISO 8601 with its offset, as the codes of the log keep it; None for none."""
    return None if moment is None else moment.isoformat()


def at_clock_time(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a naive local time. A repeated time is its first occurrence; a skipped one
    moves forward by the length of the gap (PEP 495, RFC 5545 §3.3.5: 02:30 becomes 03:30).
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def first_reading(local: datetime, zone: ZoneInfo) -> int:
    """The first instant, in microseconds, at which the zone's clock shows `local` or later.

    Unlike `at_clock_time`, a skipped time becomes the moment of the change itself, so that nothing
    lies between two skipped times.
    """
    instant = at_clock_time(local, zone)
    if instant.astimezone(zone).replace(tzinfo=None) == local:
        return to_us(instant)
    return _change_between(to_us(local.replace(tzinfo=zone, fold=1)), to_us(instant), zone)


def _change_between(before: int, after: int, zone: ZoneInfo) -> int:
    """The moment at which the zone's offset changes, found by bisection: always a whole second."""
    old = from_us(before).astimezone(zone).utcoffset()
    low, high = before // SECOND, after // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if from_us(middle * SECOND).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high * SECOND
