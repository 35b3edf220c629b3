"""签收: the lead takes the alert on, and may name who goes at once."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.leading import give_lead_task, hand_of_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "sign",
    tells=(Tells("handler", "task"),),
    button=main_button(20),
    variants=("team", "handler"),
    finds=hand_of_lead,
)
def sign(case: Case) -> Change:
    if case.lead is not None:
        case.lead.signed_at = case.tx.now
    if case.values.get("to"):
        return give_lead_task(case)
    return Change(detail=words_of(case, "note"))
