"""派人协办: a unit that helps gives its part to a team or to one of its people."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.leading import give_task, hand_of_support
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import as_row, own
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "support_assign",
    tells=(Tells("support_handler", "task"),),
    button=side_button(110),
    variants=("team", "handler"),
    finds=hand_of_support,
)
def support_assign(case: Case) -> Change:
    mine = own(case)
    change = give_task(case, mine)
    change.codes["support"] = mine.unit
    change.helping = [as_row(mine)]
    return change
