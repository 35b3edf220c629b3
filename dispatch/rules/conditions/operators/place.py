"""Conditions about the place: its street, its zones, what it is near to."""

from collections.abc import Callable
from typing import Final

from dispatch.domain.duplicates import metres
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.operators.table import (
    Vocabulary,
    flag_fact,
    operator,
    word_fact,
)
from dispatch.rules.conditions.tree import Condition, Leaf
from dispatch.rules.language.json_schema import FLAG, NUMBER, SOME, section
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, some_of

_NEAREST_M: Final = 1  # no phone knows better where it is


def _unit_fact(
    node: Node, vocabulary: Vocabulary, kind: str, see: Callable[[Facts], str | None]
) -> Leaf:
    known = {unit for unit, its_kind in vocabulary.units.items() if its_kind == kind}
    return word_fact(node, some_of(node, vocabulary.faults, known, kind), kind, see)


@operator(SOME)
def street(node: Node, vocabulary: Vocabulary) -> Condition:
    return _unit_fact(node, vocabulary, "street", lambda facts: facts.street)


@operator(SOME)
def community(node: Node, vocabulary: Vocabulary) -> Condition:
    return _unit_fact(node, vocabulary, "community", lambda facts: facts.community)


@operator(SOME)
def grid(node: Node, vocabulary: Vocabulary) -> Condition:
    return _unit_fact(node, vocabulary, "grid", lambda facts: facts.grid)


@operator(SOME)
def zone(node: Node, vocabulary: Vocabulary) -> Condition:
    """Inside one of these named polygons."""
    wanted = some_of(node, vocabulary.faults, vocabulary.zones, "zone")
    return Leaf(
        "zone",
        sorted(wanted),
        lambda about: sorted(about.facts.zones),
        lambda about: not wanted.isdisjoint(about.facts.zones),
        node,
    )


@operator(FLAG)
def place_known(node: Node, vocabulary: Vocabulary) -> Condition:
    """Whether a street of the district was found for the place."""
    return flag_fact(node, vocabulary, "place_known", lambda about: about.facts.street is not None)


@operator(section({"lon": NUMBER, "lat": NUMBER, "within_m": NUMBER}))
def near(node: Node, vocabulary: Vocabulary) -> Condition:
    """At most `within_m` metres from a point."""
    section = Section(node, vocabulary.faults, needs=("lon", "lat", "within_m"))
    lon, lat, within = (section.number(key) for key in ("lon", "lat", "within_m"))
    if abs(lon) > 180 or abs(lat) > 90:
        vocabulary.faults.remark(node, "not_degrees", lon=lon, lat=lat)
    elif within < _NEAREST_M:
        vocabulary.faults.remark(node, "never_holds")

    def see(about: Circumstances) -> float | None:
        at = about.facts
        if at.lon is None or at.lat is None:
            return None
        return round(metres((lon, lat), (at.lon, at.lat)))

    def holds(about: Circumstances) -> bool:
        metres = see(about)
        return metres is not None and metres <= within

    return Leaf("near", {"within_m": within, "lon": lon, "lat": lat}, see, holds, node)
