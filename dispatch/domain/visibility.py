"""Which alerts a person sees: one value for the list's filter, the single alert and live changes.

Alerts are published under topics (`street:north`, `unit:ROADS`, …), and a scope subscribes to
topics: whoever shares a topic with an alert sees it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dispatch.domain.roles import (
    ALL,
    PLACE,
    ROLES,
    TASKS,
    UNITS,
    Access,
    AlertFacts,
    Grant,
    Organisation,
    valid_grants,
)

EVERY_ALERT = "everything"


@dataclass(frozen=True)
class Scope:
    """The alerts that a person sees; the fields add up, an empty scope sees nothing.

    `own`: those they reported. `units`: led or supported by one of these. `given_by`: handled by
    the person for one of these. `pools`: given to one of these, and to no person yet.
    """

    person_id: str
    everything: bool = False
    own: bool = False
    streets: frozenset[str] = frozenset()
    communities: frozenset[str] = frozenset()
    grids: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    given_by: frozenset[str] = frozenset()
    pools: frozenset[str] = frozenset()

    def holds(self, facts: AlertFacts) -> bool:
        return (self.own and facts.is_reporter) or not self.topics().isdisjoint(topics_of(facts))

    def topics(self) -> frozenset[str]:
        """The topics to subscribe to. The person's own alerts have none: a topic would tell who
        reported.
        """
        rooms = {EVERY_ALERT} if self.everything else set()
        rooms |= {f"street:{street}" for street in self.streets}
        rooms |= {f"community:{community}" for community in self.communities}
        rooms |= {f"grid:{grid}" for grid in self.grids}
        rooms |= {f"unit:{unit}" for unit in self.units}
        rooms |= {_given(self.person_id, lead) for lead in self.given_by}
        rooms |= {_pool(unit) for unit in self.pools}
        return frozenset(rooms)


def scope_of(access: Access, organisation: Organisation) -> Scope:
    """The scope that the person's grants add up to."""
    grants = valid_grants(access, organisation)
    return Scope(
        person_id=access.person_id,
        everything=any(ALL in ROLES[grant.role].sees for grant in grants),
        own=any(ROLES[grant.role].reports for grant in grants),
        streets=_at_place(grants, organisation, "street"),
        communities=_at_place(grants, organisation, "community"),
        grids=_at_place(grants, organisation, "grid"),
        units=_union(organisation.below(grant.unit) for grant in _seeing(grants, UNITS)),
        given_by=_union(_givers(grant.unit, organisation) for grant in _seeing(grants, TASKS)),
        pools=_union(_shared(grant.unit, organisation) for grant in _seeing(grants, TASKS)),
    )


def topics_of(facts: AlertFacts) -> frozenset[str]:
    """The topics under which changes of the alert are published."""
    every = _rooms_of_place(facts) | _rooms_of_units(facts) | _rooms_of_task(facts)
    return frozenset({EVERY_ALERT}) | every | _rooms_of_support_tasks(facts)


def is_task_of(person_id: str, grant: Grant, facts: AlertFacts, organisation: Organisation) -> bool:
    """Whether the lead's work is the person's by this grant: given to them, or theirs to take."""
    return _is_theirs(person_id, grant, _rooms_of_task(facts), organisation)


def is_support_task_of(
    person_id: str, grant: Grant, facts: AlertFacts, organisation: Organisation
) -> bool:
    """The same for the work of some support."""
    return _is_theirs(person_id, grant, _rooms_of_support_tasks(facts), organisation)


def _is_theirs(person_id: str, grant: Grant, rooms: set[str], organisation: Organisation) -> bool:
    return TASKS in ROLES[grant.role].sees and not rooms.isdisjoint(
        _rooms_of_hands(person_id, grant.unit, organisation)
    )


def _rooms_of_hands(person_id: str, unit: str, organisation: Organisation) -> set[str]:
    """The topics of what somebody at a unit was given, and of what they may take."""
    given = {_given(person_id, each) for each in _givers(unit, organisation)}
    return given | {_pool(each) for each in _shared(unit, organisation)}


def _seeing(grants: tuple[Grant, ...], what: str) -> Iterator[Grant]:
    return (grant for grant in grants if what in ROLES[grant.role].sees)


def _at_place(grants: tuple[Grant, ...], organisation: Organisation, kind: str) -> frozenset[str]:
    """An alert names its street, community and grid, so the tree need not be climbed here."""
    return frozenset(
        grant.unit for grant in _seeing(grants, PLACE) if organisation.kind(grant.unit) == kind
    )


def _givers(unit: str, organisation: Organisation) -> frozenset[str]:
    """The units that may give a task to somebody at this unit: itself and those above."""
    return frozenset({unit, *organisation.ancestors(unit)})


def _shared(unit: str, organisation: Organisation) -> frozenset[str]:
    """The units whose unassigned work somebody at this unit may take.

    Never the district's, which is above everybody; and contractors get only what they are given.
    """
    if organisation.kind(unit) == "company":
        return frozenset({unit})
    above = organisation.ancestors(unit)
    return frozenset({unit, *(each for each in above if organisation.kind(each) != "district")})


def _rooms_of_place(facts: AlertFacts) -> set[str]:
    place = {"street": facts.street, "community": facts.community, "grid": facts.grid}
    return {f"{kind}:{unit}" for kind, unit in place.items() if unit}


def _rooms_of_units(facts: AlertFacts) -> set[str]:
    helping = (each.unit for each in facts.helping)
    return {f"unit:{unit}" for unit in (facts.lead, *facts.supports, *helping) if unit}


def _rooms_of_task(facts: AlertFacts) -> set[str]:
    if facts.lead is None:
        return set()
    return {_room_of_task(facts.lead, facts.team, facts.handler)}


def _rooms_of_support_tasks(facts: AlertFacts) -> set[str]:
    return {_room_of_task(each.unit, each.team, each.handler) for each in facts.helping}


def _room_of_task(unit: str, team: str | None, handler: str | None) -> str:
    return _given(handler, unit) if handler else _pool(team or unit)


def _given(person_id: str, lead: str) -> str:
    return f"given:{person_id}:{lead}"


def _pool(unit: str) -> str:
    return f"pool:{unit}"


def _union(sets: Iterator[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
