"""改派: another unit leads from now on."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.leading import give_to
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells


@deed("reassign", tells=(Tells("lead", "to_sign", asks="sign"),))
def reassign(case: Case) -> Change:
    before, lead = case.alert.lead, case.values["lead"]
    give_to(case, lead)
    return Change(codes={"lead": lead, "before": before}, detail=words_of(case, "reason"))
