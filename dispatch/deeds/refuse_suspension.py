"""不同意挂账: the work goes on, as if nobody had asked."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.promises.requests import decide
from dispatch.store.requests import REFUSED


@deed("refuse_suspension", tells=(Tells("lead", "not_suspended"),), button=side_button(40))
def refuse_suspension(case: Case) -> Change:
    request = decide(case.tx, case.policy, case.alert, REFUSED)
    return Change(codes={"until": request.codes["until"]}, detail=words_of(case, "reason"))
