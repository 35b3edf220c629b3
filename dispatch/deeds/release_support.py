"""解除协办: a support is released."""

from dispatch.deeds.machinery.awaited import goes_on
from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import end_support, support_row, whose_codes
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.supports import REQUIRED


@deed(
    "release_support",
    tells=(
        Tells("required", "support_released"),
        Tells("first", "first_released"),
        Tells("informed", "support_released"),
        Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),
    ),
    variants=("done",),
)
def release_support(context: StepContext) -> Change:
    unit = context.values["unit"]
    support = context.support_of(unit)
    codes = whose_codes(unit, support.kind if support else REQUIRED)
    change = Change(codes=codes, detail=masked_words(context, "reason"))
    if support is not None:
        end_support(context, support)
        change.helping = [support_row(support)]
    return goes_on(context, change)
