"""Who holds an alert changes: a new round of its lead, a unit called in beside it."""

from dispatch.actions import clocks
from dispatch.actions.alert_rows import assignment_row
from dispatch.actions.case import Case
from dispatch.store.rows import add_rows
from dispatch.store.tables import Assignment


def give_to(case: Case, unit: str) -> Assignment:
    """A new round: the unit before is released, the new one holds the alert."""
    alert, now = case.alert, case.tx.now
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


def call_in(case: Case, unit: str) -> None:
    if unit in case.facts.supports or unit == case.alert.lead:
        return
    row = assignment_row(case.alert.id, "required", unit, case.alert.round, case.tx.now)
    add_rows(case.tx.session, Assignment, [row])
