"""返工: the verifier found the problem unsolved, and the lead works on it again."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.first_response import call_first_again
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.promises.rework import rework_budgets


@deed(
    "verify_fail",
    tells=(
        Tells("lead", "rework"),
        Tells("handler", "rework"),
        Tells("first", "first_to_sign", asks="support_sign"),
    ),
    button=side_button(60),
    photos="rework",
)
def verify_fail(context: StepContext) -> Change:
    context.alert.reworks += 1
    change = words_and_photos(context)
    change.budgets = rework_budgets(context.tx.session, context.policy, context.alert)
    return call_first_again(context, change)
