"""An organisation and an alert as pure values, for tests of who stands how to an alert."""

from dataclasses import replace

from dispatch.domain.law.relations import relations
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Access, AlertFacts, Grant, Organisation
from dispatch.domain.visibility import scope_of

UNITS = {
    "futian": (None, "district"),
    "futian_street": ("futian", "street"),
    "other_street": ("futian", "street"),
    "gangxia": ("futian_street", "community"),
    "lianhua": ("futian_street", "community"),
    "grid_1": ("gangxia", "grid"),
    "grid_2": ("gangxia", "grid"),
    "far_grid": ("other_street", "grid"),
    "roads": ("futian", "department"),
    "roads_team": ("roads", "team"),
    "paving_ltd": ("roads_team", "company"),
    "water": ("futian", "department"),
}
CITY = Organisation(
    parents={unit: parent for unit, (parent, _) in UNITS.items()},
    kinds={unit: kind for unit, (_, kind) in UNITS.items()},
)

HOLE = AlertFacts(lead="roads", street="futian_street", community="gangxia", grid="grid_1")
LED_BY_STREET = replace(HOLE, lead="futian_street")
SOMEWHERE = AlertFacts(lead="futian")  # no street is known


def person(*grants: str, name="ming"):
    return Access(name, tuple(Grant(*grant.split("@")) for grant in grants))


def steps_from(status):
    """The steps that the law allows from a status, in the table's order; none marked later."""
    return [step for step in STEPS.values() if status in step.sources and not step.later]


def sees(access, facts):
    return scope_of(access, CITY).holds(facts)


def relations_of(grant, facts, name="ming"):
    return set(relations(person(grant, name=name), facts, CITY))
