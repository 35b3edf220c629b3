"""Changes who holds an alert: a new lead begins a round; a team or a handler within a unit."""

from dispatch.deeds.machinery.assignments import assignment_row
from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import end_support
from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.law.looked_up import LookedUp
from dispatch.domain.law.naming import hands_of
from dispatch.domain.roles import HANDLER_ROLES
from dispatch.promises import clocks
from dispatch.store.role_holders import holds_role_within
from dispatch.store.tables import Assignment


def assign_lead(context: StepContext, unit: str) -> Assignment:
    """Begins a new round: the lead before is released, and the new lead, if it helped, helps no
    more.
    """
    alert, now = context.alert, context.tx.now
    helping = context.support_of(unit)
    if helping is not None:
        end_support(context, helping)
    before = context.lead
    if before is not None:
        before.to_at = now
        alert.round += 1
    alert.lead, alert.handler = unit, None
    holding = Assignment(**assignment_row(alert.id, "lead", unit, alert.round, now))
    context.tx.session.add(holding)
    context.tx.session.flush()
    going_on = clocks.open_promises(context.tx.session, alert.id).main.get(TO_DISPOSE)
    if going_on is not None and going_on.unit == unit:
        going_on.assignment_id = holding.id
    return holding


def assign_lead_task(context: StepContext) -> Change:
    """Gives the lead's work to a team or a person of its own."""
    if context.lead is None:
        raise LookupError(f"{context.alert.id} has no lead")
    change = assign_task(context, context.lead)
    context.alert.handler = change.codes.get("handler")
    return change


def assign_task(context: StepContext, holding: Assignment) -> Change:
    """Gives work to a team by its id, or to a person by theirs; the law has allowed it."""
    to = context.values["to"]
    is_unit = to in context.playbook.units
    holding.team, holding.handler = (to, None) if is_unit else (None, to)
    return Change(
        codes={"team" if is_unit else "handler": to}, detail=masked_words(context, "note")
    )


def look_up_lead_hand(context: StepContext) -> LookedUp:
    """Whether the step names somebody to whom the lead can give its work."""
    return LookedUp(is_hand=is_hand(context, context.alert.lead))


def look_up_support_hand(context: StepContext) -> LookedUp:
    """Whether the step names somebody to whom the support can give its part."""
    own = context.own_support
    return LookedUp(is_hand=is_hand(context, own.unit if own else None))


def is_hand(context: StepContext, holder: str | None) -> bool:
    """Whether `to` is one of the unit's hands; also where nobody is named."""
    to = context.values.get("to")
    if not to:
        return True
    hands = hands_of(holder, context.situation)
    return to in hands.teams or holds_role_within(
        context.tx.session, to, HANDLER_ROLES, hands.units
    )
