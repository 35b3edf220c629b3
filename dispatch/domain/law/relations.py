"""How a person is related to an alert, and so which of its steps they may take."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.desks import DISTRICT_DESK
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.support_steps import may_come_next
from dispatch.domain.law.who import (
    DISTRICT,
    GRID_WORKER,
    HANDLER,
    LEAD_UNIT,
    REPORTER,
    STREET,
    SUPERVISOR,
    SUPPORT_HANDLER,
    SUPPORT_UNIT,
    UNIT_STAFF,
    VERIFIER,
)
from dispatch.domain.roles import ROLES, Access, AlertFacts, Grant, Organisation, valid_grants
from dispatch.domain.supports import Support
from dispatch.domain.visibility import is_support_task_of, is_task_of

_OF_DISTRICT: Final = "district_dispatcher"
_OF_STREET: Final = "street_dispatcher"
_OF_OFFICE: Final = "department_dispatcher"
# The role of the desk at a unit of this kind; at all other kinds it is the department dispatcher's.
_DESK_OF: Final = MappingProxyType(
    {
        "district": _OF_DISTRICT,
        "street": _OF_STREET,
        "community": _OF_STREET,
        "grid": _OF_STREET,
    },
)
# By relation of a desk, the roles in which somebody can have it.
DESK_ROLES: Final = MappingProxyType(
    {
        STREET: frozenset({_OF_STREET, _OF_DISTRICT}),
        LEAD_UNIT: frozenset({*_DESK_OF.values(), _OF_OFFICE}),
        SUPPORT_UNIT: frozenset({*_DESK_OF.values(), _OF_OFFICE}),
        DISTRICT: frozenset({_OF_DISTRICT}),
    },
)

_MAY_READ_HOUSEHOLD: Final = frozenset({REPORTER, STREET, LEAD_UNIT, HANDLER})

# Four-eyes rule: whoever did the work does not confirm it for the unit.
_NEVER_ALSO: Final = MappingProxyType({"confirm": HANDLER})


def relations(access: Access, facts: AlertFacts, organisation: Organisation) -> Mapping[str, Grant]:
    """Each relation of the person to the alert, with the first grant by which it holds."""
    grants = valid_grants(access, organisation)
    case = _Viewpoint(access.person_id, facts, organisation)
    held: dict[str, Grant] = {}
    for relation, holds in _RELATIONS.items():
        grant = next((grant for grant in grants if holds(case, grant)), None)
        if grant:
            held[relation] = grant
    return held


def may_read_words(held: Mapping[str, Grant], *, household: bool) -> bool:
    """Whether the person may read the reporter's words and pictures: those about somebody's home
    only whoever acts on them.
    """
    return not household or not _MAY_READ_HOUSEHOLD.isdisjoint(held)


def may_take(step: Step, held: Mapping[str, Grant], *, or_handled: bool = False) -> Grant | None:
    """The grant by which the person may take the step, or None. `or_handled`: whether they could,
    had they not done the work themselves.
    """
    if not or_handled and _NEVER_ALSO.get(step.name) in held:
        return None
    return next((held[relation] for relation in step.who if relation in held), None)


def has_helped(facts: AlertFacts, organisation: Organisation) -> bool:
    """Whether the alert's own street, or a unit below it, worked on the alert besides the present
    lead. A unit that was only called or told did not.
    """
    street = facts.street
    others = facts.worked - {facts.lead}
    return street is not None and any(organisation.is_within(unit, street) for unit in others)


def next_own(
    access: Access,
    supports: Iterable[Support],
    organisation: Organisation,
    step: Step,
    visit: str,
) -> Support | None:
    """The first support that the person acts for and whose next step this is, or None."""
    for support in supports:
        held = relations(access, AlertFacts(helping=(support,)), organisation)
        if may_come_next(step.name, support, visit) and not held.keys().isdisjoint(step.who):
            return support
    return None


def is_left_to_the_district(facts: AlertFacts, organisation: Organisation) -> bool:
    """Whether the district's desk verifies in place of the street's: no street is known, or a
    street or a unit below one led, or the alert's own helped. Where the district itself led, the
    street's desk verifies, though it may have helped: no other desk is left.
    """
    if facts.street is None:
        return True
    led_by = organisation.kind(facts.lead)
    return led_by != "district" and (led_by in _DESK_OF or has_helped(facts, organisation))


def verifier_desk(facts: AlertFacts, organisation: Organisation) -> str:
    """The desk that may verify, beside the grid workers of the place: the street's, or the
    district's.
    """
    if facts.street is None or is_left_to_the_district(facts, organisation):
        return DISTRICT_DESK
    return facts.street


def has_handled(person_id: str, facts: AlertFacts) -> bool:
    """Whether the person ever had the work of the alert, of its lead or of a support."""
    return person_id in facts.handled_by | {facts.handler}


@dataclass(frozen=True)
class _Viewpoint:
    """One person and one alert."""

    person_id: str
    facts: AlertFacts
    organisation: Organisation

    @property
    def has_handled(self) -> bool:
        return has_handled(self.person_id, self.facts)

    def is_at_place(self, unit: str) -> bool:
        return self.facts.place(self.organisation.kind(unit)) == unit


def _is_reporter(case: _Viewpoint, grant: Grant) -> bool:
    return case.facts.is_reporter and ROLES[grant.role].reports


def _is_street(case: _Viewpoint, grant: Grant) -> bool:
    """The dispatchers of the alert's street; the district's where no street is known."""
    if case.facts.street is None:
        return _is_district(case, grant)
    return grant.role == _OF_STREET and case.is_at_place(grant.unit)


def _is_grid_worker(case: _Viewpoint, grant: Grant) -> bool:
    return grant.role == "grid_worker" and case.is_at_place(grant.unit)


def _is_lead_unit(case: _Viewpoint, grant: Grant) -> bool:
    return case.facts.lead is not None and _is_desk_of(case, grant, case.facts.lead)


def _is_desk_of(case: _Viewpoint, grant: Grant, unit: str) -> bool:
    desk = _DESK_OF.get(case.organisation.kind(unit) or "", _OF_OFFICE)
    return grant.role == desk and case.organisation.is_within(unit, grant.unit)


def _is_handler(case: _Viewpoint, grant: Grant) -> bool:
    return is_task_of(case.person_id, grant, case.facts, case.organisation)


def _is_support_unit(case: _Viewpoint, grant: Grant) -> bool:
    return any(_is_desk_of(case, grant, each.unit) for each in case.facts.helping)


def _is_support_handler(case: _Viewpoint, grant: Grant) -> bool:
    return is_support_task_of(case.person_id, grant, case.facts, case.organisation)


def _is_verifier(case: _Viewpoint, grant: Grant) -> bool:
    """Grid workers of the place and the desk that is left to verify, without whoever reported it or
    worked on it.
    """
    to_district = is_left_to_the_district(case.facts, case.organisation)
    is_of_desk = _is_district if to_district else _is_street
    has_part = case.has_handled or case.facts.is_reporter
    return not has_part and (_is_grid_worker(case, grant) or is_of_desk(case, grant))


def _is_unit_staff(case: _Viewpoint, grant: Grant) -> bool:
    """Whoever has work with the alert, or works at a unit that was told of it."""
    works = (
        *(_is_lead_unit, _is_handler, _is_support_handler),
        *(_is_street, _is_grid_worker, _is_district),
    )
    return any(holds(case, grant) for holds in works) or any(
        _is_desk_of(case, grant, support) for support in case.facts.supports
    )


def _is_district(_case: _Viewpoint, grant: Grant) -> bool:
    return grant.role == _OF_DISTRICT


def _is_supervisor(_case: _Viewpoint, grant: Grant) -> bool:
    return grant.role == "supervisor"


_RELATIONS: Final[Mapping[str, Callable[[_Viewpoint, Grant], bool]]] = MappingProxyType(
    {
        REPORTER: _is_reporter,
        STREET: _is_street,
        GRID_WORKER: _is_grid_worker,
        LEAD_UNIT: _is_lead_unit,
        HANDLER: _is_handler,
        SUPPORT_UNIT: _is_support_unit,
        SUPPORT_HANDLER: _is_support_handler,
        VERIFIER: _is_verifier,
        UNIT_STAFF: _is_unit_staff,
        DISTRICT: _is_district,
        SUPERVISOR: _is_supervisor,
    },
)
