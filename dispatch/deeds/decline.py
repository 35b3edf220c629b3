"""不予受理: this is nothing for the platform, and the reporter is told where to go instead."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deeds import APART, Tells


@deed(
    "decline",
    tells=(Tells("reporter", "declined"),),
    tells_followers="master_declined",
    button=APART,
)
def decline(case: Case) -> Change:
    return Change(codes={"reason": case.values["reason"]}, detail=words_of(case, "where_instead"))
