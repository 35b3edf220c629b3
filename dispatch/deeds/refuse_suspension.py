"""不同意挂账: the work goes on as before."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.law.request_names import REFUSED
from dispatch.promises.requests import decide_request


@deed("refuse_suspension", tells=(Tells("lead", "not_suspended"),), button=side_button(40))
def refuse_suspension(context: StepContext) -> Change:
    request = decide_request(context.tx, context.policy, context.alert, REFUSED)
    return Change(codes={"until": request.codes["until"]}, detail=masked_words(context, "reason"))
