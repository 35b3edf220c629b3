"""不予受理: this is nothing for the platform, and the reporter is told where to go instead."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import APART_BUTTON, Tells


@deed(
    "decline",
    tells=(Tells("reporter", "declined"),),
    tells_followers="master_declined",
    button=APART_BUTTON,
)
def decline(case: Case) -> Change:
    return Change(codes={"reason": case.values["reason"]}, detail=words_of(case, "where_instead"))
