"""不作废: a second person disagrees, or the person who asked withdraws the request."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.voiding import decide_void
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "refuse_void",
    tells=(Tells("street", "void_refused"),),
    button=side_button(20),
    variants=("taken_back",),
)
def refuse_void(context: StepContext) -> Change:
    change = words_and_photos(context)
    change.codes = {"taken_back": decide_void(context, "rejected")}
    return change
