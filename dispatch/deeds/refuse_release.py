"""不同意解除协办: the unit goes on helping."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.releasing import decide_release, desks_of
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import codes_about
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.law.request_names import REFUSED


@deed("refuse_release", tells=(Tells("asker", "release_refused"),), button=side_button(44))
def refuse_release(context: StepContext) -> Change:
    request = decide_release(context, REFUSED)
    return Change(
        codes=codes_about(context, request.codes["support"]),
        detail=masked_words(context, "reason"),
        desks=desks_of(context.alert, request),
    )
