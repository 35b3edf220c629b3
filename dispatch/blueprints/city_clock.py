"""The test clock over HTTP. Registered in the test environment alone: anywhere else it is 404."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint

from dispatch import clock
from dispatch.blueprints.bodies import body
from dispatch.blueprints.request_access import public, store
from dispatch.domain.time.instants import as_instant
from dispatch.errors import Fault, Refused
from dispatch.shapes.clock import ClockMoved
from dispatch.sweep.walk_clock import jump_clock, walk_clock

city_clock = Blueprint("city_clock", __name__)


@city_clock.post("/test/clock")
@public
def move() -> ClockMoved:
    """`{advance_s}` or `{to}` walks, stopping at everything due; `jump` true goes there at once."""
    wish, now = body(), clock.now()
    to = _target(wish, now)
    moved = (jump_clock if wish.get("jump") is True or to < now else walk_clock)(store(), to)
    return {"now": as_instant(moved.now), "fired": moved.fired}


def _target(wish: dict[str, Any], now: datetime) -> datetime:
    try:
        if "to" in wish:
            return _aware(datetime.fromisoformat(wish["to"]))
        return now + timedelta(seconds=wish["advance_s"])
    except (KeyError, TypeError, ValueError, OverflowError):
        field = "to" if "to" in wish else "advance_s"
        raise Refused("invalid", faults=(Fault(field, "not_a_time"),), count=1) from None


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a time without an offset is no instant")
    return instant
