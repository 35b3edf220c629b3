"""派人: the lead gives the work to a team or to one of its people."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.leading import give_lead_task, hand_of_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "assign",
    tells=(Tells("handler", "task"),),
    button=side_button(80),
    variants=("team", "handler"),
    finds=hand_of_lead,
)
def assign(case: Case) -> Change:
    return give_lead_task(case)
