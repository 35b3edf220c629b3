"""The roles of people, the tree of units in which they are held, and what each role sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.reading import suggested
from dispatch.domain.supports import Support
from dispatch.errors import Fault
from dispatch.translations import DEFAULT

# The role of those who only report; whoever holds another one is staff.
VOLUNTEER: Final = "volunteer"

# What a role sees besides the person's own alerts.
PLACE: Final = "place"  # alerts at the unit's place
UNITS: Final = "units"  # alerts that the unit, or one below it, leads or supports
TASKS: Final = "tasks"  # what was given to the person, or to their unit and to nobody yet
ALL: Final = "all"

# The kinds of units: areas of land below the district, and those that stand beside them.
AREAS: Final = ("street", "community", "grid")
OFFICES: Final = ("department", "team", "company")
UNIT_KINDS: Final = ("district", *AREAS, *OFFICES)


@dataclass(frozen=True)
class Role:
    """Where a role may be held, what it sees, whether it may publish playbooks. A grant at another
    kind of unit gives nothing.
    """

    name: str
    held_at: tuple[str, ...]
    sees: tuple[str, ...] = ()
    reports: bool = True
    publishes: bool = False


ROLES: Final = MappingProxyType(
    {
        role.name: role
        for role in (
            Role(VOLUNTEER, UNIT_KINDS),
            Role("grid_worker", AREAS, (PLACE, TASKS)),
            Role("street_dispatcher", ("street", "community"), (PLACE, UNITS)),
            Role("department_dispatcher", OFFICES, (UNITS,)),
            Role("handler", UNIT_KINDS, (TASKS,)),
            Role("district_dispatcher", ("district",), (ALL,), publishes=True),
            Role("supervisor", ("district",), (ALL,), publishes=True),
            Role("admin", ("district",), reports=False, publishes=True),
            Role("security_admin", ("district",), reports=False),
            Role("auditor", ("district",), reports=False),
        )
    },
)

# The roles of those who can be sent to a place.
HANDLER_ROLES: Final = tuple(role.name for role in ROLES.values() if TASKS in role.sees)
PUBLISHING_ROLES: Final = tuple(role.name for role in ROLES.values() if role.publishes)
# Those of whom a second factor is asked where the city wants one.
SECOND_FACTOR_ROLES: Final = (*PUBLISHING_ROLES, "security_admin", "auditor")


@dataclass(frozen=True)
class Grant:
    """A role held at a unit."""

    role: str
    unit: str


def is_staff(grants: Iterable[Grant]) -> bool:
    """Whether these grants are more than a volunteer's."""
    return any(grant.role != VOLUNTEER for grant in grants)


@dataclass(frozen=True)
class Access:
    """Who asks: a signed-in person or a service, with the grants that hold now."""

    person_id: str
    grants: tuple[Grant, ...]
    language: str = DEFAULT
    is_service: bool = False

    @property
    def is_at_desk(self) -> bool:
        """Whether the person holds a role of those who work at a desk, not only on the way."""
        away = {VOLUNTEER, *HANDLER_ROLES}
        return not self.is_service and any(grant.role not in away for grant in self.grants)

    @property
    def needs_second_factor(self) -> bool:
        """Whether the person holds a role of whom a second factor may be asked."""
        return not self.is_service and any(
            grant.role in SECOND_FACTOR_ROLES for grant in self.grants
        )

    @property
    def is_kept_by_day(self) -> bool:
        """Whether the person's times that stand beside no alert are kept to the day: a
        volunteer's.
        """
        return not (self.is_service or is_staff(self.grants))


@dataclass(frozen=True)
class Organisation:
    """The tree of units of the playbook: each unit's parent and kind."""

    parents: Mapping[str, str | None]
    kinds: Mapping[str, str]

    def ancestors(self, unit: str) -> tuple[str, ...]:
        """The units above, nearest first."""
        above: list[str] = []
        parent = self.parents.get(unit)
        while parent is not None and parent not in above:
            above.append(parent)
            parent = self.parents.get(parent)
        return tuple(above)

    def is_within(self, unit: str, ancestor: str) -> bool:
        """True for the unit itself and all below it."""
        return unit == ancestor or ancestor in self.ancestors(unit)

    def below(self, unit: str) -> frozenset[str]:
        """The unit itself and all below it."""
        return frozenset({unit, *(each for each in self.parents if self.is_within(each, unit))})

    def kind(self, unit: str | None) -> str | None:
        return None if unit is None else self.kinds.get(unit)


@dataclass(frozen=True)
class AlertFacts:
    """The facts of an alert that decide who may see it and act on it, for one person.

    `team`: the unit to which the lead gave it; `handler`: the person. `supports`: units that have
    to come or are told; `helping`: those that have to come. `handled_by`: everybody who ever
    handled or settled it; `worked`: the units that ever came, or did their part from afar, as lead
    or support. `is_reporter`: the person who asks reported it.
    """

    lead: str | None = None
    supports: tuple[str, ...] = ()
    street: str | None = None
    community: str | None = None
    grid: str | None = None
    team: str | None = None
    handler: str | None = None
    helping: tuple[Support, ...] = ()
    handled_by: frozenset[str] = frozenset()
    worked: frozenset[str] = frozenset()
    is_reporter: bool = False

    def place(self, kind: str | None) -> str | None:
        """The alert's street, community or grid; None for other kinds and where it is unknown."""
        by_kind = {"street": self.street, "community": self.community, "grid": self.grid}
        return by_kind.get(kind or "")


def may_report(access: Access, organisation: Organisation) -> Grant | None:
    """The grant by which the person may report an alert, or None."""
    grants = valid_grants(access, organisation)
    return next((grant for grant in grants if ROLES[grant.role].reports), None)


def valid_grants(access: Access, organisation: Organisation) -> tuple[Grant, ...]:
    """The grants that count: of a known role, at a unit where that role can be held."""
    return tuple(
        grant
        for grant in access.grants
        if grant.role in ROLES and organisation.kind(grant.unit) in ROLES[grant.role].held_at
    )


def check_grant(grant: Grant, organisation: Organisation) -> Fault | None:
    """What is wrong with a grant, with the nearest that would do; None where it is right."""
    if grant.role not in ROLES:
        return _unknown("role", grant.role, list(ROLES))
    kinds = ROLES[grant.role].held_at
    fitting = [unit for unit, kind in organisation.kinds.items() if kind in kinds]
    return None if grant.unit in fitting else _unknown("at", grant.unit, fitting)


def _unknown(field: str, value: str, known: list[str]) -> Fault:
    return Fault(field, "unknown_value", {"value": value, "known": suggested(value, known)})
