"""签收协办: a supporting unit accepts its part, and may name who goes."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.leading import assign_task, look_up_support_hand
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import own_support, with_stopped_clocks
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "support_sign",
    tells=(Tells("support_handler", "task"),),
    button=main_button(120),
    variants=("team", "handler"),
    looks_up=look_up_support_hand,
)
def support_sign(context: StepContext) -> Change:
    mine = own_support(context)
    mine.signed_at = context.tx.now
    given = assign_task(context, mine) if context.values.get("to") else None
    return with_stopped_clocks(context, mine, given or Change(detail=masked_words(context, "note")))
