"""Who holds an alert changes: a new round of its lead; a team or a handler within a unit."""

from dispatch.deeds.machinery.assignments import assignment_row
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.supports import let_go
from dispatch.domain.law.values import LookedUp
from dispatch.domain.roles import HANDLER_ROLES
from dispatch.promises import clocks
from dispatch.store.role_holders import holds_role_within
from dispatch.store.tables import Assignment


def give_to(case: Case, unit: str) -> Assignment:
    """A new round: the unit before is released, the new one holds the alert, and helps no more."""
    alert, now = case.alert, case.tx.now
    helping = case.support_of(unit)
    if helping is not None:
        let_go(case, helping)
    before = case.lead
    if before is not None:
        before.to_at = now
        alert.round += 1
    alert.lead, alert.handler = unit, None
    holding = Assignment(**assignment_row(alert.id, "lead", unit, alert.round, now))
    case.tx.session.add(holding)
    case.tx.session.flush()
    going_on = clocks.running(case.tx.session, alert.id).main.get("dispose")
    if going_on is not None:
        going_on.unit, going_on.assignment_id = unit, holding.id
    return holding


def give_lead_task(case: Case) -> Change:
    """The lead's work goes to a team or a person of its own."""
    if case.lead is None:
        raise LookupError(f"{case.alert.id} has no lead")
    change = give_task(case, case.lead)
    case.alert.handler = change.codes.get("handler")
    return change


def give_task(case: Case, holding: Assignment) -> Change:
    """To a team by its slug, or to a person by their id; the law said that they can have it."""
    to = case.values["to"]
    is_unit = to in case.playbook.units
    holding.team, holding.handler = (to, None) if is_unit else (None, to)
    return Change(codes={"team" if is_unit else "handler": to}, detail=words_of(case, "note"))


def hand_of_lead(case: Case) -> LookedUp:
    """Whether the step names somebody to whom the lead can give its work."""
    return LookedUp(is_hand=is_hand(case, case.alert.lead))


def hand_of_support(case: Case) -> LookedUp:
    """Whether the step names somebody to whom the unit that helps can give its part."""
    own = case.own_support
    return LookedUp(is_hand=is_hand(case, own.unit if own else None))


def is_hand(case: Case, holder: str | None) -> bool:
    """A team below the unit, or somebody who handles work there; nobody named is fine."""
    to = case.values.get("to")
    if not to:
        return True
    below = case.organisation.below(holder) - case.barred if holder else frozenset()
    return to in below or holds_role_within(case.tx.session, to, HANDLER_ROLES, below)
