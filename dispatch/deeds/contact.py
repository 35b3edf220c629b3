"""首次联系: words to the reporter, who reads them in their own story as the unit's."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import side_button


@deed("contact", button=side_button(90))
def contact(case: Case) -> Change:
    if case.lead is not None:
        case.lead.contacted_at = case.tx.now
    return Change(detail=words_of(case, "message"))
