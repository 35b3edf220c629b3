"""Who holds an alert changes: a new round of its lead; a team or a handler within a unit."""

from typing import Final

from dispatch.deeds.machinery.alert_rows import assignment_row
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.supports import let_go
from dispatch.promises import clocks
from dispatch.store.duty import holds_role_within
from dispatch.store.tables import Assignment

_HANDS: Final = ("handler", "grid_worker")


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


def give_task(case: Case, holding: Assignment | None) -> Change:
    """To a team by its slug, or to a handler by their id, of the unit that this one is of."""
    to = case.wish_values["to"]
    unit = case.playbook.units.get(to)
    if holding is None:
        raise case.refuse_field("to", "unknown_value", value=to, known="")
    below = case.organisation.below(holding.unit) - case.barred
    if unit is not None and unit.id in below:
        holding.team, holding.handler = unit.id, None
        return Change(codes={"team": unit.id}, detail=words_of(case, "note"))
    if not holds_role_within(case.tx.session, to, _HANDS, below):
        raise case.refuse_field("to", "unknown_value", value=to, known="GET /api/v1/people")
    holding.team, holding.handler = None, to
    return Change(codes={"handler": to}, detail=words_of(case, "note"))
