"""撤回: the reporter takes back what nobody has signed yet."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import APART_BUTTON


@deed("withdraw", button=APART_BUTTON)
def withdraw(case: Case) -> Change:
    return only_words(case)
