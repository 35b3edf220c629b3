"""同意作废: a second person agrees to void the alert, which is then over and stays in the log."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.voiding import decide_void
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "confirm_void",
    tells=(Tells("reporter", "voided"), Tells("lead", "voided"), Tells("handler", "voided")),
    tells_followers="master_voided",
    button=side_button(10),
)
def confirm_void(context: StepContext) -> Change:
    decide_void(context, "upheld")
    return words_and_photos(context)
