"""The requests for a decision by name, and the verdicts on them."""

from types import MappingProxyType
from typing import Final

RETURN: Final = "return"
VOID: Final = "void"
RELEASE: Final = "ask_release"  # of a unit that helps, asked of whoever called it
EXTEND: Final = "extend"
SUSPEND: Final = "suspend"
# What waits in the list of requests to decide; an alert that was returned has a status of its own.
TO_DECIDE: Final = (EXTEND, SUSPEND, VOID, RELEASE)
# The steps that decide on them: granted by the first, refused by the second.
DECIDED_BY: Final = MappingProxyType(
    {
        EXTEND: ("grant_extension", "refuse_extension"),
        SUSPEND: ("grant_suspension", "refuse_suspension"),
        VOID: ("confirm_void", "refuse_void"),
        RELEASE: ("agree_release", "refuse_release"),
    }
)

# Verdicts on requests for more time; those on returns and on requests to void are in `steps.py`.
GRANTED: Final = "granted"
REFUSED: Final = "refused"
LAPSED: Final = "lapsed"  # it was not decided before it became meaningless
