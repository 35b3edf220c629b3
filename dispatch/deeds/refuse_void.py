"""不作废: the second person disagrees, or whoever asked takes it back."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.voiding import close_void
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "refuse_void",
    tells=(Tells("street", "void_refused"),),
    button=side_button(20),
    variants=("taken_back",),
)
def refuse_void(case: Case) -> Change:
    change = only_words(case)
    change.codes = {"taken_back": close_void(case, "rejected")}
    return change
