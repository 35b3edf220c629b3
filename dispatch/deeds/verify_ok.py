"""核实通过: somebody from the grass roots saw that the problem is gone."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "verify_ok",
    tells=(Tells("reporter", "please_rate", asks="rate"),),
    tells_followers="master_resolved",
    button=main_button(70),
    photos="after",
)
def verify_ok(case: Case) -> Change:
    change = only_words(case)
    change.codes = {"grade": case.values.get("grade")}
    return change
