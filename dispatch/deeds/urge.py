"""催办: the street or a supervisor urges the lead."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button


@deed("urge", tells=(Tells("lead", "urged"),), button=side_button(160))
def urge(context: StepContext) -> Change:
    context.alert.urged_at = context.tx.now
    return Change(detail=masked_words(context, "note"))
