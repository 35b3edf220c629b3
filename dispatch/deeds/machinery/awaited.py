"""A lead that has confirmed waits for the units that have to come, each by its own clocks.

The last one to finish, or to be released, lets the alert go on to be verified.
"""

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.law.statuses import SUBMITTED, VERIFYING, has_confirmed
from dispatch.domain.time.cards import worst_card
from dispatch.promises import clocks
from dispatch.store.alerts import supports_of


def awaited_units(context: StepContext) -> list[str]:
    """The units that are waited for, as the step has left them."""
    return [each.unit for each in supports_of(context.assignments) if each.is_waited_for]


def waits(context: StepContext, change: Change, units: list[str]) -> Change:
    """The lead's part is done and its clock stops; the status stays until the units are."""
    change.target, change.moves_version = SUBMITTED, True
    running = clocks.open_promises(context.tx.session, context.alert.id)
    outcomes = {}
    if (mine := running.main.pop(TO_DISPOSE, None)) is not None:
        outcomes[TO_DISPOSE] = clocks.keep_promise(context.tx.session, mine, context.tx.now)
    context.alert.card = worst_card(promise.card for promise in running.all())
    change.codes |= {"awaited": units, "promises": outcomes}
    return change


def goes_on(context: StepContext, change: Change) -> Change:
    """Lets the alert go on where its lead has confirmed and nobody is waited for any more."""
    lead = context.lead
    waited = lead is not None and has_confirmed(context.alert.status, lead.confirmed_at)
    if waited and not awaited_units(context):
        change.target, change.moves_as = VERIFYING, "confirm"
        change.codes["done"] = True
    return change
