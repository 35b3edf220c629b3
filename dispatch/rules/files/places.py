"""What does places.geojson say? The polygons of areas and named zones."""

import math
from collections.abc import Mapping
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from dispatch.domain.places import Feature, PlaceIndex
from dispatch.rules.faults import Faults
from dispatch.rules.nodes import Node
from dispatch.rules.playbook import District, Unit
from dispatch.rules.shape import Label, Section, as_label, as_list, as_text, one_of

_FEATURE: Final = ("type", "properties", "geometry")


def read_places(
    root: Node, faults: Faults, district: District, units: Mapping[str, Unit]
) -> tuple[PlaceIndex, Mapping[str, Label]]:
    """The compiled polygons, and the zones' labels by id.

    A feature's properties hold the `id` of an area, or `zone` and a label.
    """
    node = dict(root.items()).get("features")
    if node is None:
        faults.add(root, "missing_key", name="features")
        return PlaceIndex(()), {}
    zones: dict[str, Label] = {}
    features: dict[str, Feature] = {}
    for item in as_list(node, faults):
        if (feature := _feature(item, faults, units, zones)) is None:
            continue
        if feature.id in features:
            faults.add(item, "twice", seen=feature.id)
        features[feature.id] = feature
    around = (district.center, district.radius_km, district.plausible_km)
    return PlaceIndex(features.values(), *around), zones


def _feature(
    node: Node, faults: Faults, units: Mapping[str, Unit], zones: dict[str, Label]
) -> Feature | None:
    section = Section(node, faults, _FEATURE, ("id", "bbox"))
    properties, geometry = section.get("properties"), section.get("geometry")
    shape = _shape(geometry, faults) if geometry else None
    if properties is None:
        return None
    named = dict(properties.items())
    if "zone" in named:
        zone = as_text(named["zone"], faults)
        zones[zone] = as_label(named.get("label", properties), faults)
        return Feature(zone, "zone", {}, shape) if shape else None
    if "id" not in named:
        faults.add(properties, "missing_key", name="id")
        return None
    unit = one_of(named["id"], faults, units, "unit")
    if unit not in units or shape is None:
        return None
    return Feature(unit, units[unit].kind, _parents(unit, units), shape)


def _parents(unit: str, units: Mapping[str, Unit]) -> dict[str, str]:
    above: dict[str, str] = {}
    parent = units[unit].parent
    while parent is not None:
        above[units[parent].kind] = parent
        parent = units[parent].parent
    above.pop("district", None)
    return above


def _shape(node: Node, faults: Faults) -> BaseGeometry | None:
    polygons = _polygons(node.plain())
    try:
        shape = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in polygons])
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        faults.add(node, "not_polygon")
        return None
    if not shape.is_valid or shape.is_empty or not _on_globe(shape):
        faults.add(node, "invalid_polygon", reason=shapely.is_valid_reason(shape))
        return None
    return shape.geoms[0] if len(shape.geoms) == 1 else shape


def _polygons(written: object) -> list[list[list[list[float]]]]:
    """The rings of each polygon of a Polygon or MultiPolygon; [[]] for any other geometry."""
    if not isinstance(written, dict) or not isinstance(written.get("coordinates"), list):
        return [[]]
    coordinates = written["coordinates"]
    by_type: dict[str, list[list[list[list[float]]]]] = {
        "Polygon": [coordinates],
        "MultiPolygon": coordinates,
    }
    return by_type.get(str(written.get("type")), [[]])


def _on_globe(shape: BaseGeometry) -> bool:
    west, south, east, north = shape.bounds
    finite = all(math.isfinite(edge) for edge in (west, south, east, north))
    return finite and west >= -180 and east <= 180 and south >= -90 and north <= 90
