"""不予受理: the alert is outside the platform's scope; the reporter is told where to go instead."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import APART_BUTTON, Tells


@deed(
    "decline",
    tells=(Tells("reporter", "declined"),),
    tells_followers="master_declined",
    button=APART_BUTTON,
)
def decline(context: StepContext) -> Change:
    return Change(
        codes={"reason": context.values["reason"]}, detail=masked_words(context, "where_instead")
    )
