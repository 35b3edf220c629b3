"""请求协办: another unit has to come and help the lead, or is told."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import call_supports
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.support_callers import caller_of
from dispatch.domain.supports import INFORMED


@deed(
    "call_support",
    tells=(
        Tells("required", "support_to_sign", asks="support_sign"),
        Tells("informed", "support_informed"),
    ),
    variants=("informed",),
)
def call_support(context: StepContext) -> Change:
    unit, mode = context.values["unit"], context.values["mode"]
    called = call_supports(context, [(unit, mode)], caller_of(context.situation.held))
    codes = {"support": unit, "informed": mode == INFORMED}
    return Change(codes=codes, detail=masked_words(context, "reason"), helping=called)
