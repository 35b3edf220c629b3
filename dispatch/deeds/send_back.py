"""打回: the unit's own review sends the handler back to the place."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button


@deed("send_back", tells=(Tells("handler", "sent_back", asks="submit"),), button=side_button(50))
def send_back(case: Case) -> Change:
    return only_words(case)
