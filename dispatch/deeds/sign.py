"""签收: the lead accepts the alert, and may name who goes."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.leading import assign_lead_task, look_up_lead_hand
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "sign",
    tells=(Tells("handler", "task"),),
    button=main_button(20),
    variants=("team", "handler"),
    looks_up=look_up_lead_hand,
)
def sign(context: StepContext) -> Change:
    if context.lead is not None:
        context.lead.signed_at = context.tx.now
    if context.values.get("to"):
        return assign_lead_task(context)
    return Change(detail=masked_words(context, "note"))
