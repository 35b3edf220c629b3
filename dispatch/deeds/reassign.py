"""改派: another unit becomes the lead."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.first_response import first_instead
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, support_codes
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.supports import BY_RULES


@deed(
    "reassign",
    tells=(
        Tells("lead", "to_sign", asks="sign"),
        Tells("first", "first_to_sign", asks="support_sign"),
    ),
)
def reassign(context: StepContext) -> Change:
    before, lead = context.alert.lead, context.values["lead"]
    assign_lead(context, lead)
    called = call_supports(context, first_instead(context, before), BY_RULES)
    return Change(
        codes={"lead": lead, "before": before, **support_codes(called)},
        detail=masked_words(context, "reason"),
        helping=called,
    )
