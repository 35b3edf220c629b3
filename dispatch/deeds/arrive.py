"""我已到场: somebody of the lead stands at the place."""

from dispatch.deeds.machinery.arriving import arrival_found, arrive_for
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "arrive",
    tells=(Tells("reporter", "arrived"),),
    button=main_button(40),
    variants=("flagged",),
    photos="arrival",
    ahead=("submit", "note"),
    finds=arrival_found,
)
def arrive(case: Case) -> Change:
    change = arrive_for(case, case.lead)
    case.alert.handler = case.alert.handler or case.access.person_id
    return change
