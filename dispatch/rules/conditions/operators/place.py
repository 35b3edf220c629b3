"""Conditions about the place: its street, its zones, what it is near to."""

from collections.abc import Callable

from dispatch.domain.duplicates import metres
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.operators.table import (
    Scope,
    flag_fact,
    operator,
    wants,
    word_fact,
)
from dispatch.rules.conditions.tree import Condition, Leaf
from dispatch.rules.language.json_schema import FLAG, NUMBER, SOME, section
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, some_of


def _unit_fact(node: Node, scope: Scope, kind: str, see: Callable[[Facts], str | None]) -> Leaf:
    known = {unit for unit, its_kind in scope.units.items() if its_kind == kind}
    return word_fact(node, some_of(node, scope.faults, known, kind), kind, see)


@operator
@wants(SOME)
def street(node: Node, scope: Scope) -> Condition:
    return _unit_fact(node, scope, "street", lambda facts: facts.street)


@operator
@wants(SOME)
def community(node: Node, scope: Scope) -> Condition:
    return _unit_fact(node, scope, "community", lambda facts: facts.community)


@operator
@wants(SOME)
def grid(node: Node, scope: Scope) -> Condition:
    return _unit_fact(node, scope, "grid", lambda facts: facts.grid)


@operator
@wants(SOME)
def zone(node: Node, scope: Scope) -> Condition:
    """Inside one of these named polygons."""
    wanted = some_of(node, scope.faults, scope.zones, "zone")
    return Leaf(
        "zone",
        sorted(wanted),
        lambda about: sorted(about.facts.zones),
        lambda about: not wanted.isdisjoint(about.facts.zones),
        node,
    )


@operator
@wants(FLAG)
def place_known(node: Node, scope: Scope) -> Condition:
    """Whether a street of the district was found for the place."""
    return flag_fact(node, scope, "place_known", lambda about: about.facts.street is not None)


@operator
@wants(section({"lon": NUMBER, "lat": NUMBER, "within_m": NUMBER}))
def near(node: Node, scope: Scope) -> Condition:
    """At most `within_m` metres from a point."""
    section = Section(node, scope.faults, needs=("lon", "lat", "within_m"))
    lon, lat, within = (section.number(key) for key in ("lon", "lat", "within_m"))

    def see(about: Circumstances) -> float | None:
        at = about.facts
        if at.lon is None or at.lat is None:
            return None
        return round(metres((lon, lat), (at.lon, at.lat)))

    def holds(about: Circumstances) -> bool:
        metres = see(about)
        return metres is not None and metres <= within

    return Leaf("near", {"within_m": within, "lon": lon, "lat": lat}, see, holds, node)
