"""协办完成: a unit that helps has done its part."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import own, with_promise
from dispatch.domain.law.deed_table import Tells, main_button


@deed("support_finish", tells=(Tells("lead", "support_finished"),), button=main_button(140))
def support_finish(case: Case) -> Change:
    mine = own(case)
    mine.finished_at = case.tx.now
    mine.handler = mine.handler or case.access.person_id
    return with_promise(case, mine, only_words(case))
