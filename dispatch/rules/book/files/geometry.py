"""Turns the coordinates of a map into shapes; refuses those that take too long to check."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.library_reasons import polygon_reason
from dispatch.rules.language.map_coordinates import MapCoordinates, NotPolygonError, Points, Rings
from dispatch.rules.language.nodes import Node

# Whether a line crosses itself is asked of every two segments close to each other: so many pairs
# in a whole map take about a second. A county's coast has a thousandth of it.
MOST_CLOSE: Final = 30_000_000
_DEGREES: Final = (180, 90)


class Geometry:
    """One geometry of the map. `close`: an upper bound for the pairs of its segments that lie close
    to each other.
    """

    def __init__(self, node: Node, faults: PlaybookFaults) -> None:
        self.node = node
        self.faults = faults
        self.polygons = self._polygons()
        rings = [ring for polygon in self.polygons for ring in polygon]
        self.close = min(_meeting(rings, 0), _meeting(rings, 1)) if rings else 0

    def shape(self, allowed: int) -> BaseGeometry | None:
        """The shape, or None with the reason among the faults. `allowed`: how many more pairs of
        close segments may be checked; below 0 the shape is too tangled.
        """
        if not self.polygons:
            return None
        if allowed < 0:
            self.faults.add(self.node, "tangled_polygon")
            return None
        if not all(_is_on_globe(ring) for polygon in self.polygons for ring in polygon):
            self.faults.add(self.node, "off_the_globe")
            return None
        return self._valid()

    def _polygons(self) -> list[Rings]:
        parts = dict(self.node.items())
        written, kind = parts.get("coordinates"), parts.get("type")
        if written is None or not isinstance(written.value, MapCoordinates):
            self.faults.add(self.node, "not_polygon")
            return []
        try:
            return written.value.polygons(kind.value if kind else None)
        except NotPolygonError as refused:
            self.faults.add(self.node, refused.code)
            return []

    def _valid(self) -> BaseGeometry | None:
        try:
            shapes = [shapely.Polygon(rings[0], rings[1:]) for rings in self.polygons]
        except (ValueError, shapely.errors.ShapelyError):
            self.faults.add(self.node, "not_polygon")
            return None
        shape = shapes[0] if len(shapes) == 1 else shapely.MultiPolygon(shapes)
        if not shape.is_valid:
            reason, at = polygon_reason(str(shapely.is_valid_reason(shape)))
            self.faults.add(self.node, "invalid_polygon", reason=reason, at=at)
            return None
        return shape


def _is_on_globe(ring: Points) -> bool:
    return bool((np.abs(ring) <= _DEGREES).all())


def _meeting(rings: Sequence[Points], axis: int) -> int:
    """How many pairs of segments share a longitude (0) or a latitude (1)."""
    low = np.concatenate([np.minimum(ring[:-1, axis], ring[1:, axis]) for ring in rings])
    high = np.concatenate([np.maximum(ring[:-1, axis], ring[1:, axis]) for ring in rings])
    started = np.searchsorted(np.sort(low), high, side="right")
    return int(started.sum()) - len(low) * (len(low) + 1) // 2
