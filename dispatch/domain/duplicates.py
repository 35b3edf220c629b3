"""Which other open alert is probably the same problem, by kind and distance."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dispatch.domain.coordinates import Point

_EARTH_M: Final = 6_371_008.8
# Distance within which a point counts as the same default point.
_SAME_SPOT_M: Final = 20.0


def metres(here: Point, there: Point) -> float:
    """The great-circle distance in metres between two (lon, lat) points; good to 0.5 % of an
    ellipsoid's, which is enough for rules about places.
    """
    north = math.radians(there[1] - here[1]) / 2
    east = math.radians(there[0] - here[0]) / 2
    both = math.cos(math.radians(here[1])) * math.cos(math.radians(there[1]))
    chord = math.sin(north) ** 2 + both * math.sin(east) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, chord)))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another open alert and its distance in metres."""

    id: str
    number: str
    status: str
    reported_at: datetime
    metres: int


def stays_alone(*, household: bool, about_unit: str | None) -> bool:
    """Whether an alert is about a home or about a unit: it is never merged with another."""
    return household or about_unit is not None


def twin_of(around: Iterable[Neighbour], statuses: Collection[str]) -> Neighbour | None:
    """The alert that is probably the same problem: the first reported of those in one of these
    statuses, which take others in. None where there is none.
    """
    waiting = (each for each in around if each.status in statuses)
    return min(waiting, key=lambda each: (each.reported_at, each.id), default=None)


def box_around(here: Point, within_m: float) -> tuple[float, float, float, float]:
    """`(west, south, east, north)` in degrees of a box that holds every point within `within_m`
    metres; an index can look it up.
    """
    high = math.degrees(within_m / _EARTH_M) * 1.01
    wide = high / max(math.cos(math.radians(here[1])), 0.01)
    return here[0] - wide, here[1] - high, here[0] + wide, here[1] + high


def stands_for_no_place(here: Point, default_points: Iterable[Point]) -> bool:
    """Whether people choose this point when they do not know the place (a town hall, for example):
    such alerts are never taken for the same problem.
    """
    return any(metres(here, point) <= _SAME_SPOT_M for point in default_points)
