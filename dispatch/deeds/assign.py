"""派人: the lead gives the work to a team or to one of its people."""

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.leading import assign_lead_task, look_up_lead_hand
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "assign",
    tells=(Tells("handler", "task"),),
    button=side_button(80),
    variants=("team", "handler"),
    looks_up=look_up_lead_hand,
)
def assign(context: StepContext) -> Change:
    return assign_lead_task(context)
