"""The test clock over HTTP. Registered in the test environment alone: anywhere else it is 404."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint

from dispatch import clock
from dispatch.blueprints.bodies import body
from dispatch.blueprints.request_access import public, store
from dispatch.domain.reading import YEARS, Faults, echo
from dispatch.domain.time.instants import as_instant
from dispatch.errors import Fault, Refused
from dispatch.shapes.clock import ClockBody, ClockMoved
from dispatch.sweep.walk_clock import jump_clock, walk_clock

city_clock = Blueprint("city_clock", __name__)


@city_clock.post("/test/clock")
@public
def move() -> ClockMoved:
    """`{advance_s}` or `{to}` walks, stopping at everything due; `jump` true goes there at once."""
    wish, now = body(), clock.now()
    _refuse_oddities(wish)
    to = _target(wish, now)
    moved = (jump_clock if wish.get("jump") is True or to < now else walk_clock)(store(), to)
    return {"now": as_instant(moved.now), "fired": moved.fired}


def _refuse_oddities(wish: dict[str, Any]) -> None:
    """Raise Refused invalid for what nobody reads, or what is no number and no yes or no."""
    faults, known = Faults(), ClockBody.__annotations__.keys()
    for name in wish.keys() - known:
        faults.add(echo(name), "unknown_field", known=", ".join(known))
    if not isinstance(wish.get("jump", False), bool):
        faults.add("jump", "wrong_type", wanted="true, false")
    seconds = wish.get("advance_s", 0)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        faults.add("advance_s", "not_a_time")
    faults.refuse()


def _target(wish: dict[str, Any], now: datetime) -> datetime:
    try:
        if "to" in wish:
            return _within_reach(datetime.fromisoformat(wish["to"]))
        return _within_reach(now + timedelta(seconds=wish["advance_s"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        field = "to" if "to" in wish else "advance_s"
        raise Refused("invalid", faults=(Fault(field, "not_a_time"),), count=1) from None


def _within_reach(instant: datetime) -> datetime:
    """The instant in UTC: every time that the city reckons from there is still one."""
    if instant.tzinfo is None:
        raise ValueError("a time without an offset is no instant")
    if instant.year not in YEARS:
        raise ValueError("a year that no date in this product names")
    return instant.astimezone(UTC)
