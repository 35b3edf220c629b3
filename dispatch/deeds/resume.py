"""解除挂账: before its date the alert goes back to where it was put off."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.suspending import status_before
from dispatch.domain.law.deed_table import Tells, main_button


@deed("resume", tells=(Tells("lead", "resumed"),), button=main_button(110))
def resume(case: Case) -> Change:
    return Change(target=status_before(case.tx, case.alert), detail=words_of(case, "note"))
