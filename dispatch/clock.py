"""The only module that reads the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def _no_offset() -> timedelta:
    return timedelta()


@dataclass
class _CityClock:
    """The city's time: a base and an offset, which in tests is a row of the database.

    `still_at`: the base is this instant instead of the machine's time; only tests set it. `known`:
    the offset as it was read last, while the clock stands still.
    """

    still_at: datetime | None = None
    read_offset: Callable[[], timedelta] = _no_offset
    known: timedelta | None = None


_city = _CityClock()
_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


def now(of: datetime | None = None) -> datetime:
    """The city's time, aware and in UTC: alerts, promises and rungs live by it.

    `of`: a machine's time to use instead of this machine's.
    """
    replayed = _replayed.get()
    return base(of) + offset() if replayed is None else replayed


def base(of: datetime | None = None) -> datetime:
    """What the offset is added to: the instant at which tests hold the clock, else `of`, else this
    machine's time.
    """
    return _city.still_at or of or wall()


def wall() -> datetime:
    """The machine's time, aware and in UTC: for sessions, tokens, lock-outs and rate limits."""
    return datetime.now(UTC)


def offset() -> timedelta:
    if _city.still_at is None:
        return _city.read_offset()
    if _city.known is None:
        _city.known = _city.read_offset()
    return _city.known


def use_offset(reader: Callable[[], timedelta]) -> None:
    """Uses this function for the offset from now on; it is called at each `now()`, so it must be
    cheap.
    """
    _city.read_offset = reader
    look_again()


def look_again() -> None:
    """The offset has changed: a clock that stands still reads it again."""
    _city.known = None


def stand_still(instant: datetime) -> None:
    """Holds the city's time: it moves only by an offset that this process changes. For tests.

    The offset is read once and again after each `look_again`, not at each `now()`.
    """
    _city.still_at = instant.astimezone(UTC)
    look_again()


def run_on() -> None:
    """Lets the city's time run with the machine's again, as it does in every new process."""
    _city.still_at = None


@contextmanager
def at(instant: datetime) -> Iterator[datetime]:
    """Holds the city's time at an instant inside the block, for this thread or task alone."""
    token = _replayed.set(instant.astimezone(UTC))
    try:
        yield now()
    finally:
        _replayed.reset(token)
