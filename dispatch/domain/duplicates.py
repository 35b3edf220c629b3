"""Which alerts lie near each other, as far as rules and people are told so?"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dispatch.domain.coordinates import Point

_EARTH_M: Final = 6_371_008.8
# Work on these is still to come; a new report of what is done says that it is not.
NOT_DONE: Final = frozenset(
    {"reported", "dispatched", "returned", "signed", "on_site", "suspended"}
)
# A point that stands for "no place" is one spot, not an area.
_SAME_SPOT_M: Final = 20.0


def metres(here: Point, there: Point) -> float:
    """Great-circle metres between two (lon, lat): rules about places need no ellipsoid."""
    north = math.radians(there[1] - here[1]) / 2
    east = math.radians(there[0] - here[0]) / 2
    both = math.cos(math.radians(here[1])) * math.cos(math.radians(there[1]))
    chord = math.sin(north) ** 2 + both * math.sin(east) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, chord)))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another open alert, and how far away it is."""

    id: str
    number: str
    status: str
    reported_at: datetime
    metres: int


def twin_of(around: Iterable[Neighbour]) -> Neighbour | None:
    """The one that is most likely the same problem: of those not done yet the first reported."""
    waiting = (each for each in around if each.status in NOT_DONE)
    return min(waiting, key=lambda each: (each.reported_at, each.id), default=None)


def box_around(here: Point, within_m: float) -> tuple[float, float, float, float]:
    """West, south, east, north of a box that holds all points so near; for an index to look in."""
    high = math.degrees(within_m / _EARTH_M) * 1.01
    wide = high / max(math.cos(math.radians(here[1])), 0.01)
    return here[0] - wide, here[1] - high, here[0] + wide, here[1] + high


def stands_for_no_place(here: Point, default_points: Iterable[Point]) -> bool:
    """Whether people choose this point when they know none: such alerts never cluster."""
    return any(metres(here, point) <= _SAME_SPOT_M for point in default_points)
