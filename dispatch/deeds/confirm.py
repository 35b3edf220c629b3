"""审核通过: the lead confirms the result, and the alert waits to be verified."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button


@deed("confirm", tells=(Tells("verifier", "to_verify", asks="verify_ok"),), button=main_button(60))
def confirm(context: StepContext) -> Change:
    return words_and_photos(context)
