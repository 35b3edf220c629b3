"""申请延期: the lead asks for more time to dispose."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.request_names import EXTEND
from dispatch.domain.time.promises import Limit
from dispatch.promises import requests


@deed("extend", tells=(Tells("district", "to_decide", asks="grant_extension"),))
def extend(context: StepContext) -> Change:
    promise = requests.dispose_promise(context.tx.session, context.alert)
    if promise is None:
        raise LookupError("the law lets nobody extend what is not promised")
    by = Limit(context.values["by"], Limit.parse(promise.limit).unit)
    codes = {"by": by.value, "unit": by.unit}
    held = requests.of_the_work(context.tx.session, context.alert)
    requests.ask_district(
        context.tx, context.policy, context.alert, EXTEND, context.access.person_id, held, **codes
    )
    return Change(codes={"by": str(by)}, detail=masked_words(context, "reason", "told"))
