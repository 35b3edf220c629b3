"""Reads district.yaml: the district itself, its areas and its own figures."""

from collections.abc import Mapping
from typing import Final

from dispatch.domain.time.promises import Limit
from dispatch.rules.book.district import DangerSheet, District, Unit
from dispatch.rules.book.files.danger import (
    read_accusations,
    read_life_words,
    read_number,
    read_word_groups,
)
from dispatch.rules.language.clock_times import as_limit, as_timezone
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import LANGUAGES, Section, as_point, entries

MOST_METRES: Final = 10_000
MOST_DAYS: Final = 3660
AREAS: Final = ("street", "community", "grid")
_ABOVE: Final = {"street": "district", "community": "street", "grid": "community"}
_NEEDS: Final = ("id", "label", "timezone", "language", "place", "emergency")
_MAY: Final = (
    *("code", "schematic", "assumptions", "areas"),
    *("hotlines", "danger", "word_groups", "denials", "life_words", "accusations"),
)
_SHEET: Final = ("title", "hint", "go_on")
_PLACE: Final = ("center", "radius_km", "plausible_km")
_ASSUMED: Final = (
    *("arrival_radius_m", "nearby_m", "reopen_days"),
    *("empty_signature", "empty_signature_life_safety"),
    "offline_grace_hours",  # without effect: versions that are in use still have it
)


def read_district(root: Node, faults: PlaybookFaults, calendars: tuple[str, ...]) -> District:
    section = Section(root, faults, _NEEDS, _MAY)
    place = section.part("place", _PLACE, ("default_points",))
    assumed = section.part("assumptions", may=_ASSUMED)
    district = section.text("id")
    emergency = tuple(read_number(node, faults) for node in section.items("emergency"))
    hotlines = tuple(read_number(node, faults) for node in section.items("hotlines"))
    numbers = {each.number for each in (*emergency, *hotlines)}
    groups = read_word_groups(section)
    return District(
        id=district,
        code=section.text("code"),
        label=section.label(),
        timezone=section.read("timezone", as_timezone, "UTC"),
        language=section.choice("language", LANGUAGES, "language", "zh"),
        center=place.read("center", as_point, (0.0, 0.0)),
        radius_km=place.number("radius_km"),
        plausible_km=place.number("plausible_km", 50.0),
        default_points=tuple(as_point(node, faults) for node in place.items("default_points")),
        emergency=emergency,
        hotlines=hotlines,
        danger=_danger(section.part("danger", may=_SHEET)),
        life_words=read_life_words(section, numbers, groups),
        accusations=read_accusations(section, groups),
        schematic=section.flag("schematic"),
        arrival_radius_m=assumed.count("arrival_radius_m", 200, least=1, most=MOST_METRES),
        nearby_m=assumed.count("nearby_m", 50, least=1, most=MOST_METRES),
        reopen_days=assumed.count("reopen_days", 30, most=MOST_DAYS),
        empty_signature=assumed.read("empty_signature", as_limit, Limit(1, "work_hours")),
        empty_signature_life_safety=assumed.read(
            "empty_signature_life_safety", as_limit, Limit(15, "minutes")
        ),
        areas=_areas(section.get("areas"), faults, district, calendars),
    )


def _danger(sheet: Section) -> DangerSheet:
    return DangerSheet(*(sheet.label(name) if name in sheet else None for name in _SHEET))


def _areas(
    node: Node | None, faults: PlaybookFaults, district: str, calendars: tuple[str, ...]
) -> Mapping[str, Unit]:
    areas: dict[str, Unit] = {}
    kinds = {district: "district"}
    for area, body in entries(node, faults):
        section = Section(body, faults, ("kind", "label"), ("parent", "code", "calendar"))
        kind = section.choice("kind", AREAS, "area_kind", "street")
        parent = section.reference("parent", kinds, "unit") or district
        wanted = _ABOVE.get(kind, "")
        if parent in kinds and kinds[parent] != wanted:
            faults.add(body, "wrong_parent", kind=kind, parent=parent, wanted=wanted)
        kinds[area] = kind
        hours = section.reference("calendar", calendars, "calendar") or ""
        areas[area] = Unit(area, kind, parent, section.label(), section.text("code"), hours)
    return areas
