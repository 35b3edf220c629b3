"""申请延期: the lead asks for more time to dispose."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells
from dispatch.domain.law.situation import EXTEND
from dispatch.domain.time.promises import Limit
from dispatch.promises import requests


@deed("extend", tells=(Tells("district", "to_decide", asks="grant_extension"),))
def extend(case: Case) -> Change:
    promise = requests.disposing(case.tx.session, case.alert)
    if promise is None:
        raise LookupError("the law lets nobody extend what is not promised")
    by = Limit(case.values["by"], Limit.parse(promise.limit).unit)
    codes = {"by": by.value, "unit": by.unit}
    requests.ask(case.tx, case.policy, case.alert, EXTEND, case.by_ref, [promise], **codes)
    return Change(codes={"by": str(by)}, detail=words_of(case, "reason"))
