"""核实通过: the verifier confirms that the problem is solved."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "verify_ok",
    tells=(Tells("reporter", "please_rate", asks="rate"),),
    tells_followers="master_resolved",
    button=main_button(70),
    photos="after",
)
def verify_ok(context: StepContext) -> Change:
    change = words_and_photos(context)
    change.codes = {"grade": context.values.get("grade")}
    return change
