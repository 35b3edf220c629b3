"""协办到场: a handler of a supporting unit has arrived."""

from dispatch.deeds.machinery.arriving import look_up_arrival, record_arrival
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import own_support, with_stopped_clocks
from dispatch.domain.law.deed_table import main_button


@deed(
    "support_arrive",
    button=main_button(130),
    variants=("flagged",),
    ahead=("support_finish",),
    looks_up=look_up_arrival,
)
def support_arrive(context: StepContext) -> Change:
    mine = own_support(context)
    return with_stopped_clocks(context, mine, record_arrival(context, mine))
