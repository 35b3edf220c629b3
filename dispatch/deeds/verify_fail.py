"""返工: the verifier saw that the problem is still there, and the lead works on it again."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.promises.rework import rest_to_dispose


@deed("verify_fail", tells=(Tells("lead", "rework"),), button=side_button(60), photos="rework")
def verify_fail(case: Case) -> Change:
    case.alert.reworks += 1
    change = only_words(case)
    change.budgets = rest_to_dispose(case.tx.session, case.policy, case.alert)
    return change
