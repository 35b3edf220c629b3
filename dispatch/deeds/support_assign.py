"""派人协办: a supporting unit gives its part to a team or to one of its people."""

from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.leading import assign_task, look_up_support_hand
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import own_support, support_row, whose_codes
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "support_assign",
    tells=(Tells("support_handler", "task"),),
    button=side_button(110),
    variants=("team", "handler"),
    looks_up=look_up_support_hand,
)
def support_assign(context: StepContext) -> Change:
    mine = own_support(context)
    change = assign_task(context, mine)
    change.codes |= whose_codes(mine.unit, mine.kind)
    change.helping = [support_row(mine)]
    return change
