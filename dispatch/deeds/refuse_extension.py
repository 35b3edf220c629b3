"""不同意延期: the promise stays as it was, as if nobody had asked."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.time.promises import Limit
from dispatch.promises.requests import decide
from dispatch.store.requests import REFUSED


@deed("refuse_extension", tells=(Tells("lead", "not_extended"),), button=side_button(30))
def refuse_extension(case: Case) -> Change:
    request = decide(case.tx, case.policy, case.alert, REFUSED)
    by = Limit(request.codes["by"], request.codes["unit"])
    return Change(codes={"by": str(by)}, detail=words_of(case, "reason"))
