"""Reads places.geojson: the polygons of areas and named zones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from shapely.geometry.base import BaseGeometry

from dispatch.domain.places import Feature, PlaceIndex
from dispatch.rules.book.district import District, Unit
from dispatch.rules.book.files.geometry import MOST_CLOSE, Geometry
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.labels import Label
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.own_ids import as_id
from dispatch.rules.language.values import Section, as_list, as_name, one_of

_FEATURE: Final = ("type", "properties", "geometry")


def read_places(
    root: Node, faults: PlaybookFaults, district: District, units: Mapping[str, Unit]
) -> tuple[PlaceIndex, Mapping[str, Label]]:
    """The compiled polygons, and the zones' labels by id.

    A feature's properties hold the `id` of an area, or `zone` and a label.
    """
    around = (district.center, district.radius_km, district.plausible_km)
    node = dict(root.items()).get("features")
    if node is None:
        faults.add(root, "missing_key", name="features")
        return PlaceIndex((), *around), {}
    _refuse_foreign(root, faults)
    reader = _Map(faults, units)
    for item in as_list(node, faults):
        reader.take(item)
    return PlaceIndex(reader.features.values(), *around), reader.zones


def _refuse_foreign(root: Node, faults: PlaybookFaults) -> None:
    """Old files may name the one system of coordinates that GeoJSON has, and no other."""
    crs = dict(root.items()).get("crs")
    said = _name_of(crs.plain()) if crs is not None and crs.value is not None else ""
    if crs is not None and said and not re.search(r"CRS84|EPSG:+4326", said):
        faults.remark(crs, "foreign_crs", seen=said[:60])


def _name_of(crs: object) -> str:
    """The name alone: GeoJSON writes it as `{type: name, properties: {name: …}}`."""
    while isinstance(crs, dict):
        crs = crs.get("properties", crs.get("name", "?"))
    return str(crs)


@dataclass(slots=True)
class _Map:
    """What was read of the map so far. `close`: how many more pairs of close segments to check."""

    faults: PlaybookFaults
    units: Mapping[str, Unit]
    features: dict[str, Feature] = field(default_factory=dict)
    zones: dict[str, Label] = field(default_factory=dict)
    close: int = MOST_CLOSE

    def take(self, item: Node) -> None:
        feature = self._feature(item)
        if feature is None:
            return
        if feature.id in self.features:
            self.faults.add(item, "twice", seen=feature.id)
        self.features[feature.id] = feature

    def _feature(self, node: Node) -> Feature | None:
        section = Section(node, self.faults, _FEATURE, ("id", "bbox"))
        properties, geometry = section.get("properties"), section.get("geometry")
        shape = self._shape(geometry) if geometry else None
        if properties is None:
            if "properties" in dict(node.items()):
                self.faults.doubt(node, "nameless_outline")
            return None
        named = dict(properties.items())
        if geometry is None:
            known = named.get("id") or named.get("zone")
            self.faults.remark(node, "no_geometry", seen=known.value if known else "")
        if "zone" in named:
            zone = as_id(named["zone"], self.faults)
            self.zones[zone] = as_name(named.get("label", properties), self.faults)
            return Feature(zone, "zone", {}, shape) if shape else None
        if "id" not in named:
            self.faults.add(properties, "missing_key", name="id")
            return None
        unit = one_of(named["id"], self.faults, self.units, "unit", alone=True)
        if unit not in self.units or shape is None:
            return None
        self._agrees(named, self.units[unit])
        return Feature(unit, self.units[unit].kind, _parents(unit, self.units), shape)

    def _shape(self, node: Node) -> BaseGeometry | None:
        geometry = Geometry(node, self.faults)
        self.close -= geometry.close
        return geometry.shape(self.close)

    def _agrees(self, named: Mapping[str, Node], unit: Unit) -> None:
        """A map may repeat `level` and `parent` of an area; it may not contradict them."""
        told = {"level": unit.kind, "parent": unit.parent}
        for key, wanted in told.items():
            if (node := named.get(key)) is not None and node.value not in (wanted, None):
                self.faults.add(node, f"other_{key}", seen=node.value, wanted=wanted)


def _parents(unit: str, units: Mapping[str, Unit]) -> dict[str, str]:
    above: dict[str, str] = {}
    parent = units[unit].parent
    while parent is not None:
        above[units[parent].kind] = parent
        parent = units[parent].parent
    above.pop("district", None)
    return above
