"""首次联系: the unit's first message to the reporter, who reads it on their page."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import side_button


@deed("contact", button=side_button(90))
def contact(context: StepContext) -> Change:
    if context.lead is not None:
        context.lead.contacted_at = context.tx.now
    return Change(detail=masked_words(context, "message"))
