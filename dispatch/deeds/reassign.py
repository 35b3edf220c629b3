"""改派: another unit becomes the lead."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells


@deed("reassign", tells=(Tells("lead", "to_sign", asks="sign"),))
def reassign(context: StepContext) -> Change:
    before, lead = context.alert.lead, context.values["lead"]
    assign_lead(context, lead)
    return Change(codes={"lead": lead, "before": before}, detail=masked_words(context, "reason"))
