"""评价: the reporter says whether the problem is solved."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import main_button
from dispatch.promises.rework import rest_to_dispose


@deed("rate", button=main_button(80), variants=("solved",))
def rate(case: Case) -> Change:
    """Solved: closed. Not solved: done again; the second time the street looks for itself."""
    solved, grade = case.values["solved"], case.values.get("grade")
    change = Change(codes={"solved": solved, "grade": grade}, detail=words_of(case, "note"))
    if solved:
        return change
    case.alert.redone += 1
    change.target = "signed" if case.alert.redone == 1 else "verifying"
    if change.target == "signed":
        change.budgets = rest_to_dispose(case.tx.session, case.policy, case.alert)
    return change
