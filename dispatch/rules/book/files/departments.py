"""Reads departments.yaml: the units that lead and help, beside the areas."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dispatch.domain.roles import OFFICES
from dispatch.rules.book.district import District, Unit
from dispatch.rules.book.terms import NO_UNITS
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_words, entries

_MAY: Final = ("kind", "parent", "code", "calendar", "duties", "basis", "phone", "words")


def read_units(
    root: Node, faults: PlaybookFaults, district: District, calendars: tuple[str, ...]
) -> Mapping[str, Unit]:
    """All units of the tree: the district, its areas, and the departments of this file."""
    units = {district.id: Unit(district.id, "district", None, district.label, district.code)}
    units.update(district.areas)
    node = Section(root, faults, ("units",), ("source",)).get("units")
    known = {*units, *dict(node.items() if node else ())}
    for unit, body in entries(node, faults, NO_UNITS):
        if unit in units:
            faults.add(body, "twice", seen=unit)
        found = _unit(unit, body, faults, known, calendars)
        units[unit] = found if found.parent else replace(found, parent=district.id)
    if node is not None:
        _refuse_circles(units, node, faults)
    return units


def _unit(
    unit: str, body: Node, faults: PlaybookFaults, known: set[str], calendars: tuple[str, ...]
) -> Unit:
    section = Section(body, faults, ("label",), _MAY)
    for key in ("basis",):
        section.text(key)
        if (written := section.get(key)) is not None:
            faults.remark(written, "read_by_nobody", name=key)
    return Unit(
        unit,
        section.choice("kind", OFFICES, "unit_kind", "department"),
        section.reference("parent", known, "unit"),
        section.label(),
        section.text("code"),
        section.reference("calendar", calendars, "calendar") or "",
        section.text("duties"),
        section.text("phone"),
        section.read("words", as_words, ()),
    )


def _refuse_circles(units: dict[str, Unit], node: Node, faults: PlaybookFaults) -> None:
    """A unit above itself is a fault; it loses its parent, so that every way up the tree ends."""
    for unit, body in node.items():
        seen = {unit}
        parent = units[unit].parent
        while parent is not None and parent in units and parent not in seen:
            seen.add(parent)
            parent = units[parent].parent
        if parent in seen:
            faults.add(body, "circle", seen=unit)
            units[unit] = replace(units[unit], parent=None)
