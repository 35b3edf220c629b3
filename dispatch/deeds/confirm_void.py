"""同意作废: the second person agrees; the alert is over, and the log keeps it."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.voiding import close_void
from dispatch.domain.law.deed_table import Tells, side_button


@deed(
    "confirm_void",
    tells=(Tells("reporter", "voided"), Tells("lead", "voided"), Tells("handler", "voided")),
    tells_followers="master_voided",
    button=side_button(10),
)
def confirm_void(case: Case) -> Change:
    close_void(case, "upheld")
    return only_words(case)
