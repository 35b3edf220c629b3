"""提交结果: the handler says what was done."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "submit",
    tells=(Tells("lead", "to_confirm", asks="confirm"),),
    button=main_button(50),
    photos="after",
    ahead=("note",),
)
def submit(case: Case) -> Change:
    person = case.access.person_id
    if case.lead is not None:
        case.lead.finished_at = case.tx.now
        case.lead.handler = case.lead.handler or person
    case.alert.handler = case.alert.handler or person
    return only_words(case)
