"""The outline of the whole district: as its map draws it, or made from the areas that it draws."""

import math
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dispatch.rules.book.playbook import Playbook

_LARGE_TO_SMALL: Final = ("street", "community", "grid")
_KM_PER_DEGREE: Final = 111.195


def outline(playbook: Playbook) -> BaseGeometry:
    """In WGS-84 degrees; never empty."""
    drawn = [each.shape for each in playbook.places.features if each.level == "district"]
    return shapely.union_all(drawn or largest_areas(playbook))


def largest_areas(playbook: Playbook) -> list[BaseGeometry]:
    """The streets, or whatever is drawn in their place; a circle around the middle where nothing
    is.
    """
    features = sorted(playbook.places.features, key=lambda each: each.id)
    for level in _LARGE_TO_SMALL:
        if drawn := [each.shape for each in features if each.level == level]:
            return drawn
    return [_circle(*playbook.district.center, playbook.district.radius_km)]


def _circle(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    degrees = max(radius_km, 1) / _KM_PER_DEGREE
    wide = degrees / max(math.cos(math.radians(lat)), 0.01)
    corners = [math.radians(turn) for turn in range(0, 360, 15)]
    return shapely.Polygon(
        [(lon + wide * math.cos(each), lat + degrees * math.sin(each)) for each in corners]
    )
