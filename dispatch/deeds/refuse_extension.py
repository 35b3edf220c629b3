"""不同意延期: the promise stays as it was."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.law.request_names import REFUSED
from dispatch.domain.time.promises import Limit
from dispatch.promises.requests import decide_request


@deed("refuse_extension", tells=(Tells("lead", "not_extended"),), button=side_button(30))
def refuse_extension(context: StepContext) -> Change:
    request = decide_request(context.tx, context.policy, context.alert, REFUSED)
    by = Limit(request.codes["by"], request.codes["unit"])
    return Change(codes={"by": str(by)}, detail=masked_words(context, "reason"))
