"""不予受理: the alert is outside the platform's scope; the reporter is told where to go instead."""

from typing import Final

from dispatch.deeds.machinery.change import Change, Codes, masked_words
from dispatch.deeds.machinery.erasing import erase_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import APART_BUTTON, Tells

ACCUSATION: Final = "accusation"


@deed(
    "decline",
    tells=(Tells("reporter", "declined"),),
    tells_followers="master_declined",
    button=APART_BUTTON,
)
def decline(context: StepContext) -> Change:
    codes = {"reason": context.values["reason"]}
    if context.values["reason"] == ACCUSATION:
        erase_words(context.tx.session, context.alert.id)
        return Change(codes=codes, detail=_statutory_channel(context))
    return Change(codes=codes, detail=masked_words(context, "where_instead"))


def _statutory_channel(context: StepContext) -> Codes:
    """Where accusations go, in place of what the street wrote: nothing of one is kept."""
    district = context.playbook.district
    if (page := district.accusations) is None:
        return {}
    channel = page.channel
    return {"where_instead": f"{channel.label[district.language]} {channel.number}"}
