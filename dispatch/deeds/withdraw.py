"""撤回: the reporter withdraws an alert that nobody has signed yet."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import APART_BUTTON


@deed("withdraw", button=APART_BUTTON)
def withdraw(context: StepContext) -> Change:
    return words_and_photos(context)
