"""同意解除协办: whoever called the unit lets it go, as others asked."""

from dispatch.deeds.machinery.awaited import goes_on
from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.releasing import decide_release, desks_of
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import codes_about, end_support, support_row
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.law.request_names import GRANTED
from dispatch.domain.supports import FIRST, REQUIRED


@deed(
    "agree_release",
    tells=(
        Tells("asker", "release_agreed"),
        Tells("required", "support_released"),
        Tells("first", "first_released"),
        Tells("informed", "support_released"),
        Tells("support_handler", "support_released", of=REQUIRED),
        Tells("support_handler", "first_released", of=FIRST),
        Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),
    ),
    button=side_button(42),
    variants=("done",),
)
def agree_release(context: StepContext) -> Change:
    request = decide_release(context, GRANTED)
    unit = request.codes["support"]
    support = context.support_of(unit)
    change = Change(
        codes=codes_about(context, unit),
        detail=masked_words(context, "note"),
        desks=desks_of(context.alert, request),
    )
    if support is not None:
        end_support(context, support)
        change.helping = [support_row(support)]
    return goes_on(context, change)
