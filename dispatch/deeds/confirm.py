"""审核通过: the lead stands for the result, and the grass roots look at it."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, main_button


@deed("confirm", tells=(Tells("verifier", "to_verify", asks="verify_ok"),), button=main_button(60))
def confirm(case: Case) -> Change:
    return only_words(case)
