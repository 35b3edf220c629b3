"""解除协办: a support is released."""

from dispatch.deeds.machinery.awaited import goes_on
from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import codes_about, end_support, support_row
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.supports import FIRST, REQUIRED


@deed(
    "release_support",
    tells=(
        Tells("required", "support_released"),
        Tells("first", "first_released"),
        Tells("informed", "support_released"),
        Tells("support_handler", "support_released", of=REQUIRED),
        Tells("support_handler", "first_released", of=FIRST),
        Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),
    ),
    variants=("done",),
)
def release_support(context: StepContext) -> Change:
    unit = context.values["unit"]
    support = context.support_of(unit)
    change = Change(codes=codes_about(context, unit), detail=masked_words(context, "reason"))
    if support is not None:
        end_support(context, support)
        change.helping = [support_row(support)]
    return goes_on(context, change)
