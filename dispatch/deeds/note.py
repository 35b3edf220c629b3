"""记录: words beside the work; nothing moves by them."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import side_button


@deed("note", button=side_button(150))
def note(case: Case) -> Change:
    return only_words(case)
