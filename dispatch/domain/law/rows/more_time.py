"""More time, and putting off: asked and decided."""

from typing import Final

from dispatch.domain.law.rows.choices import DECIDED_IN
from dispatch.domain.law.rows.fields import NOTE, REASON
from dispatch.domain.law.rows.step import TOLD_ONCE, Field, Step, statuses_named
from dispatch.domain.law.who import DISTRICT, LEAD_UNIT

ROWS: Final = (
    Step(
        "extend",
        statuses_named("signed", "on_site"),
        None,
        (LEAD_UNIT,),
        (
            Field("by", "number", required=True),
            REASON,
            Field("told", "text", audience=TOLD_ONCE),
        ),
    ),
    Step("grant_extension", DECIDED_IN, None, (DISTRICT,), (NOTE,)),
    Step("refuse_extension", DECIDED_IN, None, (DISTRICT,), (REASON,)),
    Step(
        "suspend",
        statuses_named("signed", "on_site"),
        None,
        (LEAD_UNIT,),
        (
            Field("until", "date", required=True),
            Field("plan", "text", required=True, audience=TOLD_ONCE),
            REASON,
        ),
    ),
    Step(
        "grant_suspension",
        statuses_named("signed", "on_site"),
        "suspended",
        (DISTRICT,),
        (NOTE,),
    ),
    Step("refuse_suspension", statuses_named("signed", "on_site"), None, (DISTRICT,), (REASON,)),
    Step("resume", statuses_named("suspended"), "signed", (LEAD_UNIT, DISTRICT), (NOTE,)),
)
