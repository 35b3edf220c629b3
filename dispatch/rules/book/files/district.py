"""Reads district.yaml: the district itself, its areas and its own figures."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from dispatch.domain.numbers import LONGEST_CODE, signs_of_code
from dispatch.domain.roles import AREAS
from dispatch.rules.book.district import MOST_METRES, DangerSheet, District, Unit
from dispatch.rules.book.files.danger import (
    read_accusations,
    read_life_words,
    read_number,
    read_word_groups,
)
from dispatch.rules.book.terms import NO_UNITS
from dispatch.rules.language.clock_times import as_timezone
from dispatch.rules.language.countries import country_of
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.own_ids import as_id
from dispatch.rules.language.points import as_point
from dispatch.rules.language.unlisted import tell_unlisted
from dispatch.rules.language.values import Section, as_list, as_text, as_texts, entries
from dispatch.translations import TONGUES

MOST_DAYS: Final = 3660
_ABOVE: Final = {"street": "district", "community": "street", "grid": "community"}
_NEEDS: Final = ("id", "label", "timezone", "language", "place", "emergency")
_MAY: Final = (
    *("code", "languages", "schematic", "assumptions", "areas"),
    *("hotlines", "danger", "word_groups", "denials", "life_words", "accusations"),
)
_SHEET: Final = ("title", "hint", "go_on")
_TONGUE: Final = re.compile(r"[a-z]{2}", re.ASCII)
_PLACE: Final = ("center", "radius_km", "plausible_km")
# Without effect: versions that are in use still have them.
_READ_BY_NOBODY: Final = ("empty_signature", "empty_signature_life_safety", "offline_grace_hours")
_ASSUMED: Final = ("arrival_radius_m", "nearby_m", "reopen_days", *_READ_BY_NOBODY)


def read_district(root: Node, faults: PlaybookFaults, calendars: tuple[str, ...]) -> District:
    section = Section(root, faults, _NEEDS, _MAY)
    place = section.part("place", _PLACE, ("default_points",))
    assumed = section.part("assumptions", may=_ASSUMED)
    for name in _READ_BY_NOBODY:
        if (written := assumed.get(name)) is not None:
            faults.doubt(written, "read_by_nobody", name=name)
    district = section.read("id", partial(as_id, taken=NO_UNITS), "")
    _remark_code(section)
    emergency = tuple(read_number(node, faults) for node in section.items("emergency"))
    hotlines = tuple(read_number(node, faults) for node in section.items("hotlines"))
    numbers = tuple(dict.fromkeys(each.number for each in (*emergency, *hotlines)))
    _remark_numbers(section)
    _remark_reach(place)
    timezone = section.needed("timezone", as_timezone)
    if (written := section.get("timezone")) is not None and not country_of(timezone):
        faults.doubt(written, "zone_without_country", seen=timezone)
    groups = read_word_groups(section)
    return District(
        id=district,
        code=section.text("code"),
        label=section.label(),
        timezone=timezone,
        language=faults.tongues[0],
        languages=faults.tongues,
        center=place.needed("center", as_point),
        radius_km=place.number("radius_km"),
        plausible_km=place.number("plausible_km"),
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
        areas=_areas(section.get("areas"), faults, district, calendars),
    )


def _remark_code(section: Section) -> None:
    """It begins the number of every alert, for which a row has so much room and no more."""
    written, signs = section.get("code"), signs_of_code(section.text("code"))
    if written is not None and len(signs) > LONGEST_CODE:
        section.faults.remark(written, "long_code", count=len(signs), most=LONGEST_CODE)


def _remark_numbers(section: Section) -> None:
    """None to call, or one that is shown twice."""
    if (written := section.get("emergency")) is not None and written.value == []:
        section.faults.remark(written, "no_emergency")
    seen: set[str] = set()
    for node in (*section.items("emergency"), *section.items("hotlines")):
        number = dict(node.items()).get("number")
        digits = re.sub(r"[ -]", "", str(number.value)) if number else ""
        if number and digits in seen:
            section.faults.remark(number, "number_twice", seen=number.value)
        seen.add(digits)


def _remark_reach(place: Section) -> None:
    """A district has a size; `plausible_km` counts from its edge, and not from its middle."""
    radius, plausible = place.get("radius_km"), place.get("plausible_km")
    size, beyond = place.number("radius_km"), place.number("plausible_km")
    if radius is not None and size <= 0:
        place.faults.remark(radius, "no_distance", seen=radius.value)
    elif plausible is not None and beyond < 0:
        place.faults.remark(plausible, "no_distance", seen=plausible.value)
    elif plausible is not None and beyond < size:
        place.faults.doubt(plausible, "nearer_than_radius", seen=plausible.value)


def read_tongues(root: Node, faults: PlaybookFaults) -> tuple[str, ...]:
    """The tongues of the city, its own first: those of `languages`, else those in which the
    district says its own name. It is asked for before anything else is read.
    """
    parts = dict(root.items())
    own = _tongue(parts.get("language"), PlaybookFaults())
    label = parts.get("label")
    if (written := parts.get("languages")) is not None:
        others: tuple[str, ...] = as_texts(written, faults)
    elif label is not None and isinstance(label.value, dict):
        others = tuple(label.value)
    else:
        others = TONGUES
    for node in (parts.get("language"), written):
        for item in as_list(node, faults) if node is not None else ():
            _tongue(item, faults)
    return tuple(dict.fromkeys((own, *(each for each in others if _TONGUE.fullmatch(each)))))


def _tongue(node: Node | None, faults: PlaybookFaults) -> str:
    """A tongue as `zh` or `nl`; the package's first where nothing readable is written."""
    tongue = as_text(node, faults) if node is not None else ""
    if _TONGUE.fullmatch(tongue):
        return tongue
    if node is not None:
        tell_unlisted(node, faults, tongue, TONGUES, "unknown_language")
    return TONGUES[0]


def _danger(sheet: Section) -> DangerSheet:
    return DangerSheet(*(sheet.label(name) if name in sheet else None for name in _SHEET))


def _areas(
    node: Node | None, faults: PlaybookFaults, district: str, calendars: tuple[str, ...]
) -> Mapping[str, Unit]:
    """A parent may stand below its child."""
    areas: dict[str, Unit] = {}
    written = dict(entries(node, faults, NO_UNITS))
    kinds = {district: "district", **{area: _kind_of(body) for area, body in written.items()}}
    for area, body in written.items():
        section = Section(body, faults, ("kind", "label"), ("parent", "code", "calendar"))
        kind = section.choice("kind", AREAS, "area_kind", "street")
        others = {name: kind for name, kind in kinds.items() if name != area}
        if _parent_of(body) == area:  # the nearest name is then one that stands above
            others = {name: kinds[name] for name in (district, *areas)}
        parent = section.reference("parent", others, "unit") or district
        wanted = _ABOVE.get(kind, "")
        if parent in kinds and kinds[parent] != wanted:
            faults.add(body, "wrong_parent", kind=kind, parent=parent, wanted=wanted)
        hours = section.reference("calendar", calendars, "calendar") or ""
        areas[area] = Unit(area, kind, parent, section.label(), section.text("code"), hours)
    return areas


def _kind_of(body: Node) -> str:
    written = dict(body.items()).get("kind")
    return str(written.value) if written else ""


def _parent_of(body: Node) -> str:
    written = dict(body.items()).get("parent")
    return str(written.value) if written else ""
