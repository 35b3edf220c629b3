"""评价: the reporter says whether the problem is solved."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.first_response import call_first_again
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.promises.rework import rework_budgets


@deed(
    "rate",
    tells=(
        Tells("lead", "rework", into="signed"),
        Tells("handler", "rework", into="signed"),
        Tells("first", "first_to_sign", asks="support_sign", into="signed"),
        Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),
    ),
    button=main_button(80),
    variants=("solved", "checked"),
)
def rate(context: StepContext) -> Change:
    """Solved: closed. Not solved: to be done again; the second time the street verifies first."""
    solved, grade = context.values["solved"], context.values.get("grade")
    change = Change(codes={"solved": solved, "grade": grade}, detail=masked_words(context, "note"))
    if solved:
        return change
    context.alert.redone += 1
    if context.alert.redone > 1:
        change.target, change.codes["checked"] = "verifying", True
        return change
    change.target = "signed"
    change.budgets = rework_budgets(context.tx.session, context.policy, context.alert)
    return call_first_again(context, change)
