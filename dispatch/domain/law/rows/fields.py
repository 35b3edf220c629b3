"""Fields that several steps ask for."""

from typing import Final

from dispatch.domain.law.clock_names import PROMISED_CLOCKS
from dispatch.domain.law.rows.step import TOLD, Field

REASON: Final = Field("reason", "text", required=True)
NOTE: Final = Field("note", "text")
OWN_NOTE: Final = Field("note", "text", audience=TOLD)  # the reporter's own
PHOTOS: Final = Field("photos", "photos")
KIND: Final = Field("category", "category")
PLACE: Final = Field("place", "place")
# The rules may name the lead where the person says what they had not known.
LEAD_OR_RULES: Final = Field("lead", "unit", required=True, spared_by=("category", "place"))
CLOCK: Final = Field("clock", "choice", required=True, choices=PROMISED_CLOCKS)
# Whose clock is meant: a unit that helps; missing for the lead's.
WHOSE_CLOCK: Final = Field("unit", "unit")
