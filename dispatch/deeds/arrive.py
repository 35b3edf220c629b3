"""我已到场: a handler of the lead has arrived at the place."""

from dispatch.deeds.machinery.arriving import look_up_arrival, record_arrival
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "arrive",
    tells=(Tells("reporter", "arrived"),),
    button=main_button(40),
    variants=("flagged",),
    photos="arrival",
    ahead=("submit", "note"),
    looks_up=look_up_arrival,
)
def arrive(context: StepContext) -> Change:
    change = record_arrival(context, context.lead)
    context.alert.handler = context.alert.handler or context.access.person_id
    return change
