"""The only module that asks for the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def _no_offset() -> timedelta:
    return timedelta()


@dataclass
class _CityClock:
    """Two parts: a base, and how far the city's time is moved from it; in tests a row says so.

    `still_at`: the base is this instant, not the machine's time; only tests set it. `known`: the
    offset as it was read last, while the city stands still.
    """

    still_at: datetime | None = None
    read_offset: Callable[[], timedelta] = _no_offset
    known: timedelta | None = None


_city = _CityClock()
_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


def now(of: datetime | None = None) -> datetime:
    """The city's time, aware and in UTC: alerts, promises and rungs live by it.

    `of`: a machine's time to take instead of this machine's.
    """
    replayed = _replayed.get()
    return base(of) + offset() if replayed is None else replayed


def base(of: datetime | None = None) -> datetime:
    """What the offset is counted from: `of`, or this machine's time; an instant that stands still
    wins over both.
    """
    return _city.still_at or of or wall()


def wall() -> datetime:
    """The machine's time, aware and in UTC: sessions, tokens, lock-outs and rate limits."""
    return datetime.now(UTC)


def offset() -> timedelta:
    if _city.still_at is None:
        return _city.read_offset()
    if _city.known is None:
        _city.known = _city.read_offset()
    return _city.known


def use_offset(reader: Callable[[], timedelta]) -> None:
    """Ask this reader from now on; it is called at each `now()`, so it must be cheap."""
    _city.read_offset = reader
    look_again()


def look_again() -> None:
    """The offset has changed: a city that stands still reads it again."""
    _city.known = None


def stand_still(instant: datetime) -> None:
    """From now on the city's time moves only by an offset that this process changes: for tests.

    The offset is read once and again after each `look_again`, not at each `now()`.
    """
    _city.still_at = instant.astimezone(UTC)
    look_again()


def run_on() -> None:
    """The city's time passes again with the machine's: what every process begins with."""
    _city.still_at = None


@contextmanager
def at(instant: datetime) -> Iterator[datetime]:
    """The city's time stands at an instant inside the block, for this thread or task alone."""
    token = _replayed.set(instant.astimezone(UTC))
    try:
        yield now()
    finally:
        _replayed.reset(token)
