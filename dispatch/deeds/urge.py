"""催办: the street or a supervisor presses the unit that leads."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button


@deed("urge", tells=(Tells("lead", "urged"),), button=side_button(160))
def urge(case: Case) -> Change:
    case.alert.urged_at = case.tx.now
    return Change(detail=words_of(case, "note"))
