"""申请解除协办: somebody else than the caller asks for a unit that helps to be released."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.releasing import ask_release, desks_of
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import codes_about
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.support_callers import asker_of


@deed("ask_release", tells=(Tells("caller", "to_release", asks="agree_release"),))
def ask_release_of_support(context: StepContext) -> Change:
    """The unit goes on helping until it is decided."""
    unit = context.values["unit"]
    request = ask_release(context, unit, asker_of(context.situation.held))
    return Change(
        codes=codes_about(context, unit) | {"answered_until": request.codes["answered_until"]},
        detail=masked_words(context, "reason"),
        desks=desks_of(context.alert, request),
    )
