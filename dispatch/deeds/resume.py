"""解除挂账: a suspension ends before its date, and the alert returns to its status before it."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.suspending import status_before
from dispatch.domain.law.deed_table import Tells, main_button


@deed("resume", tells=(Tells("lead", "resumed"),), button=main_button(110))
def resume(context: StepContext) -> Change:
    return Change(
        target=status_before(context.tx, context.alert), detail=masked_words(context, "note")
    )
