"""Whether the map covers the organisation: areas left out, outside, overlapping; gaps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from dispatch.domain.duplicates import metres
from dispatch.domain.places import Feature, square_metres
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.tree import Leaf
from dispatch.rules.language.faults import Level, PlaybookFault, Source

_LEVELS: Final = ("district", "street", "community", "grid")
# Slivers along a drawn border are no mistake: of an area so many square metres, and such a share.
_SLIVER_M2: Final = 1000
_SLIVER_SHARE: Final = 0.002
_MOST_TOLD: Final = 10  # of each kind

Found = Iterator[PlaybookFault]


def map_faults(playbook: Playbook) -> Found:
    """Errors where alerts would go astray; warnings, with sizes, where a person should look."""
    drawn = {each.id: each for each in playbook.places.features}
    yield from _left_out(playbook, drawn)
    yield from _elsewhere(playbook, drawn)
    areas = [each for each in drawn.values() if each.level in _LEVELS]
    for check in (_outside, _overlaps, _gaps):
        told = check(playbook, areas)
        yield from (fault for _, fault in zip(range(_MOST_TOLD), told, strict=False))


def _fault(source: Source, code: str, level: Level, **params: object) -> PlaybookFault:
    words = {name: str(value) for name, value in params.items()}
    return PlaybookFault(source.file, source.line, source.column, source.path, code, words, level)


def _left_out(playbook: Playbook, drawn: Mapping[str, Feature]) -> Found:
    """A level of which something is drawn is drawn whole, streets always."""
    where = playbook.written["features"]
    for level in _LEVELS:
        every = [unit.id for unit in playbook.units.values() if unit.kind == level]
        missing = [unit for unit in every if unit not in drawn]
        if level == "street" and every and len(missing) == len(every):
            yield _fault(where, "map_empty", "error")
        elif missing and (level == "street" or len(missing) < len(every)):
            told = {"kind": level, "count": len(missing), "example": missing[0]}
            yield _fault(where, "area_without_outline", "warning", **told)


def _elsewhere(playbook: Playbook, drawn: Mapping[str, Feature]) -> Found:
    shapes = [each.shape for each in drawn.values() if each.level != "zone"]
    if not shapes:
        return
    whole = shapely.box(*shapely.total_bounds(shapes))
    reach_m = playbook.places.reach_km * 1000
    lon, lat = playbook.district.center
    if (away := _metres_to(whole, (lon, lat))) > reach_m:
        if _metres_to(whole, (lat, lon)) <= reach_m:
            yield _fault(playbook.written["features"], "map_swapped", "error")
            return
        told = {"km": round(away / 1000)}
        yield _fault(playbook.written["place"], "center_elsewhere", "error", **told)
    yield from _zones_and_points(playbook, drawn, whole, reach_m)


def _zones_and_points(
    playbook: Playbook, drawn: Mapping[str, Feature], whole: BaseGeometry, reach_m: float
) -> Found:
    for zone in (each for each in drawn.values() if each.level == "zone"):
        if (away := _metres_to(whole, zone.shape.centroid.coords[0])) > reach_m:
            km = round(away / 1000)
            where = playbook.written["features"]
            yield _fault(where, "zone_elsewhere", "error", zone=zone.id, km=km)
    for leaf in _near(playbook):
        point: Any = leaf.wanted
        away = _metres_to(whole, (point["lon"], point["lat"]))
        if away > reach_m + point["within_m"] and abs(point["lat"]) <= 90:
            told = {"km": round(away / 1000)}
            yield _fault(Source.of(leaf.at), "near_elsewhere", "error", **told)
        elif _reaches_over(point, whole):
            yield _fault(Source.of(leaf.at), "near_everywhere", "warning")


def _reaches_over(point: Any, whole: BaseGeometry) -> bool:
    """Whether all that is drawn lies within the distance: nothing is left out."""
    here = (point["lon"], point["lat"])
    corners = shapely.get_coordinates(whole).tolist()
    return all(metres(here, (lon, lat)) <= point["within_m"] for lon, lat in corners)


def _near(playbook: Playbook) -> Iterator[Leaf]:
    book = playbook.rules
    for rule in (*book.rules, *book.also):
        leaves = rule.when.leaves() if rule.when else ()
        yield from (leaf for leaf in leaves if leaf.fact == "near")


def _metres_to(shape: BaseGeometry, point: Sequence[float]) -> float:
    """How far a point lies from a shape; 0 inside."""
    lon, lat = point[0], point[1]
    nearest = nearest_points(shape, shapely.Point(lon, lat))[0]
    return metres((nearest.x, nearest.y), (lon, lat))


def _is_sliver(size: float, of: Iterable[BaseGeometry]) -> bool:
    return size < max(_SLIVER_M2, _SLIVER_SHARE * min(map(square_metres, of)))


def _outside(playbook: Playbook, areas: Sequence[Feature]) -> Found:
    """Areas that are drawn beyond the one above them."""
    drawn = {each.id: each for each in areas}
    for area in areas:
        above = drawn.get(playbook.units[area.id].parent or "")
        if above is None:
            continue
        size = square_metres(area.shape.difference(above.shape))
        if not _is_sliver(size, [area.shape]):
            told = {"area": area.id, "parent": above.id, "size": round(size)}
            yield _fault(playbook.written["features"], "area_outside", "warning", **told)


def _overlaps(playbook: Playbook, areas: Sequence[Feature]) -> Found:
    """Two areas of one level over the same ground."""
    for level in _LEVELS[1:]:
        here = [each for each in areas if each.level == level]
        tree = STRtree([each.shape for each in here])
        for number, area in enumerate(here):
            for other in sorted(tree.query(area.shape, predicate="overlaps").tolist()):
                size = square_metres(area.shape.intersection(here[other].shape))
                if other > number and not _is_sliver(size, [area.shape, here[other].shape]):
                    told = {"area": area.id, "other": here[other].id, "size": round(size)}
                    where = playbook.written["features"]
                    yield _fault(where, "areas_overlap", "warning", **told)


def _gaps(playbook: Playbook, areas: Sequence[Feature]) -> Found:
    """Ground of an area that belongs to none of the drawn areas below it."""
    for level, below in pairwise(_LEVELS):
        for area in (each for each in areas if each.level == level):
            inner = [each.shape for each in areas if _is_below(playbook, each, area, below)]
            size = square_metres(area.shape.difference(shapely.union_all(inner))) if inner else 0
            if not _is_sliver(size, [area.shape]):
                told = {"parent": area.id, "size": round(size), "kind": below}
                yield _fault(playbook.written["features"], "area_gap", "warning", **told)


def _is_below(playbook: Playbook, area: Feature, above: Feature, level: str) -> bool:
    return area.level == level and playbook.units[area.id].parent == above.id
