"""改派: another unit becomes the lead."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports, support_codes
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.supports import BY_RULES, FIRST


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
    called = call_supports(context, _first_again(context, before), BY_RULES)
    return Change(
        codes={"lead": lead, "before": before, **support_codes(called)},
        detail=masked_words(context, "reason"),
        helping=called,
    )


def _first_again(context: StepContext, before: str | None) -> list[tuple[str, str]]:
    """A unit that was called to come first where life is in danger, led instead and has not come,
    is still to come once another leads.
    """
    situation = context.situation
    if before is None or not situation.life_safety or situation.status == "on_site":
        return []
    called = [each.has_come for each in situation.first_released if each.unit == before]
    return [(before, FIRST)] if called and not any(called) else []
