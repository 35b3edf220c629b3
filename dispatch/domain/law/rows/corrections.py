"""What was wrong: voided, corrected, taken up again."""

from typing import Final

from dispatch.domain.law.rows.choices import SEVERITIES
from dispatch.domain.law.rows.fields import KIND, NOTE, PHOTOS, PLACE, REASON
from dispatch.domain.law.rows.step import Field, Step, statuses_named
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.who import DISTRICT, NOBODY, STREET

ROWS: Final = (
    Step("void", OPEN, None, (STREET,), (REASON,)),
    Step("confirm_void", OPEN, "voided", (STREET, DISTRICT), (NOTE,)),
    Step("refuse_void", OPEN, None, (STREET, DISTRICT), (REASON,)),
    Step(
        "correct",
        OPEN,
        None,
        (STREET, DISTRICT),
        (
            KIND,
            PLACE,
            Field("severity", "choice", choices=SEVERITIES),
            Field("life_safety", "yes_no"),
            REASON,
        ),
        moves_version=True,
    ),
    Step("reopen", statuses_named("closed"), "signed", (STREET,), (REASON, PHOTOS)),
    Step("record_outcome", OPEN, "closed", (NOBODY,)),
)
