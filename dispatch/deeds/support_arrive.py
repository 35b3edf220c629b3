"""协办到场: somebody of a unit that helps is there."""

from dispatch.deeds.machinery.arriving import arrival_found, arrive_for
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import own, with_promise
from dispatch.domain.law.deed_table import main_button


@deed(
    "support_arrive",
    button=main_button(130),
    variants=("flagged",),
    ahead=("support_finish",),
    finds=arrival_found,
)
def support_arrive(case: Case) -> Change:
    mine = own(case)
    return with_promise(case, mine, arrive_for(case, mine))
