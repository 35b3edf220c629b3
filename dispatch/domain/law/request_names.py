"""The requests for a decision by name, and the verdicts on them."""

from typing import Final

RETURN: Final = "return"
VOID: Final = "void"
EXTEND: Final = "extend"
SUSPEND: Final = "suspend"

# Verdicts on requests for more time; those on returns and on requests to void are in `steps.py`.
GRANTED: Final = "granted"
REFUSED: Final = "refused"
LAPSED: Final = "lapsed"  # it was not decided before it became meaningless
