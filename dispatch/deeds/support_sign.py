"""签收协办: a unit that was called takes its part on, and may name who goes."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.leading import give_task, hand_of_support
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.supports import own, with_promise
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "support_sign",
    tells=(Tells("support_handler", "task"),),
    button=main_button(120),
    variants=("team", "handler"),
    finds=hand_of_support,
)
def support_sign(case: Case) -> Change:
    mine = own(case)
    mine.signed_at = case.tx.now
    given = give_task(case, mine) if case.values.get("to") else None
    return with_promise(case, mine, given or Change(detail=words_of(case, "note")))
