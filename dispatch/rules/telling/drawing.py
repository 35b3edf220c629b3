"""The city's own streets as lines for a picture: how the doors of the house are decorated."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dispatch.rules.book.playbook import Playbook
from dispatch.rules.telling.outline import largest_areas

# The frame in templates/art.svg that the city fills, and the middle around which it lies.
_WIDE, _HIGH = 620.0, 520.0
_MIDDLE: Final = (289.0, 330.0)
_FINEST: Final = 0.7  # what is finer than a line is wide


@lru_cache(maxsize=4)
def drawn_streets(playbook: Playbook) -> tuple[str, ...]:
    """A path of SVG for each of the largest areas that the map draws."""
    areas = largest_areas(playbook)
    west, south, east, north = shapely.total_bounds(areas)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = min(_WIDE / ((east - west) * shrink), _HIGH / (north - south))
    middle_x, middle_y = (west + east) / 2, (south + north) / 2

    def on_paper(shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(
            shape,
            lambda corners: (corners - (middle_x, middle_y)) * (scale * shrink, -scale) + _MIDDLE,
        )

    return tuple(_path(on_paper(area).simplify(_FINEST)) for area in areas)


def _path(shape: BaseGeometry) -> str:
    return "".join(_ring(ring) for ring in _rings(shape))


def _rings(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for polygon in shapely.get_parts(shape):
        yield polygon.exterior
        yield from polygon.interiors


def _ring(ring: BaseGeometry) -> str:
    corners = shapely.get_coordinates(ring).tolist()[:-1]
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in corners)}Z"
