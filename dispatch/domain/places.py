"""Finds the grid, community, street and zones in which a point lies."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

_KM_PER_DEGREE: Final = 111.195


@dataclass(frozen=True, slots=True)
class Feature:
    """A polygon of the playbook. `level`: grid, community, street, zone or district.

    `parents`: the units above it by level; `shape` in WGS-84 degrees.
    """

    id: str
    level: str
    parents: Mapping[str, str]
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Place:
    """The units and zones at a point; all empty outside every polygon."""

    street: str | None = None
    community: str | None = None
    grid: str | None = None
    zones: frozenset[str] = frozenset()


NOWHERE: Final = Place()


class PlaceIndex:
    """The polygons of one playbook, indexed for look-ups.

    On a border the smallest area wins, then the smallest id. The units above the winner come from
    the organisation, not from the polygons, so that a grid never lies in another unit's street.
    `center` is the district's middle; `plausible_km` is how far outside the district a report may
    lie.
    """

    def __init__(
        self,
        features: Iterable[Feature],
        center: tuple[float, float] = (0.0, 0.0),
        radius_km: float = 0.0,
        plausible_km: float = 50.0,
    ) -> None:
        self.features = sorted(features, key=lambda each: (each.shape.area, each.id))
        self.center = center
        self.reach_km = radius_km + plausible_km
        self._plausible_km = plausible_km
        shapes = [feature.shape for feature in self.features]
        for shape in shapes:
            shapely.prepare(shape)
        self._tree = STRtree(shapes)
        self._areas = [each.shape for each in self.features if each.level != "zone"]
        self._near = STRtree(self._areas)

    def resolve(self, lon: float, lat: float) -> Place:
        """The units and zones at a WGS-84 point; a point on a border lies inside."""
        point = shapely.points(lon, lat)
        hits = sorted(self._tree.query(point, predicate="intersects").tolist())
        if not hits:
            return NOWHERE
        found: dict[str, str] = {}
        zones: list[str] = []
        for hit in hits:
            feature = self.features[hit]
            if feature.level == "zone":
                zones.append(feature.id)
            elif not found.get(feature.level):
                self._settle(found, feature)
        return Place(
            found.get("street"), found.get("community"), found.get("grid"), frozenset(zones)
        )

    def _settle(self, found: dict[str, str], feature: Feature) -> None:
        """The smallest polygon brings its parents along, unless they contradict those of a smaller
        one.
        """
        if any(found.get(level, unit) != unit for level, unit in feature.parents.items()):
            return
        found[feature.level] = feature.id
        found.update(feature.parents)

    def plausible(self, lon: float, lat: float) -> bool:
        """False for 0,0, NaN, impossible degrees, and points too far from the district."""
        if not (math.isfinite(lon) and math.isfinite(lat)) or (lon == 0 and lat == 0):
            return False
        if abs(lon) > 180 or abs(lat) > 90:
            return False
        return self._km_outside(lon, lat) <= self._plausible_km

    def _km_outside(self, lon: float, lat: float) -> float:
        """Kilometres to the district's edge; by its middle and radius where it has no polygons."""
        point = shapely.points(lon, lat)
        if (nearest := self._near.nearest(point)) is None:
            radius = self.reach_km - self._plausible_km
            return max(0.0, _km(lon, lat, *self.center) - radius)
        edge = shapely.shortest_line(self._areas[nearest], point)
        (from_lon, from_lat), (to_lon, to_lat) = shapely.get_coordinates(edge).tolist()
        return _km(from_lon, from_lat, to_lon, to_lat)


def _km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Kilometres on the globe, good to a percent at the size of a district."""
    east = (lon_b - lon_a) * math.cos(math.radians((lat_a + lat_b) / 2))
    return math.hypot(east, lat_b - lat_a) * _KM_PER_DEGREE


def square_metres(shape: BaseGeometry) -> float:
    """The area of a shape in degrees, on a sphere; as exact as a map of a district needs."""
    if shape.is_empty:
        return 0.0
    south, north = shape.bounds[1], shape.bounds[3]
    middle = math.cos(math.radians((south + north) / 2))
    return float(shape.area * (_KM_PER_DEGREE * 1000) ** 2 * middle)
