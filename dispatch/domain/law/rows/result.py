"""From coming on site to the reporter's word."""

from typing import Final

from dispatch.domain.law.rows.choices import GRADES
from dispatch.domain.law.rows.fields import NOTE, OWN_NOTE, PHOTOS, REASON
from dispatch.domain.law.rows.step import TOLD, Field, Step, statuses_named
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.who import HANDLER, LEAD_UNIT, REPORTER, UNIT_STAFF, VERIFIER

ROWS: Final = (
    Step(
        "arrive",
        statuses_named("signed"),
        "on_site",
        (HANDLER,),
        (
            Field("position", "position"),
            PHOTOS,
            Field("reason", "text"),
        ),
    ),
    Step(
        "note",
        OPEN,
        None,
        (UNIT_STAFF,),
        (Field("note", "text", required=True), PHOTOS),
    ),
    Step(
        "submit",
        statuses_named("signed", "on_site"),
        "submitted",
        (HANDLER,),
        (Field("done", "text", required=True, audience=TOLD), PHOTOS),
    ),
    Step("send_back", statuses_named("submitted"), "on_site", (LEAD_UNIT,), (REASON,)),
    Step("confirm", statuses_named("submitted"), "verifying", (LEAD_UNIT,), (NOTE,)),
    Step(
        "verify_ok",
        statuses_named("verifying"),
        "resolved",
        (VERIFIER,),
        (
            Field("grade", "grade", choices=GRADES),
            Field("reason", "text"),
            PHOTOS,
        ),
    ),
    Step(
        "verify_fail",
        statuses_named("verifying"),
        "signed",
        (VERIFIER,),
        (REASON, Field("photos", "photos", required=True)),
    ),
    Step(
        "rate",
        statuses_named("resolved"),
        "closed",
        (REPORTER,),
        (
            Field("solved", "yes_no", required=True),
            Field("grade", "grade", choices=GRADES),
            OWN_NOTE,
        ),
    ),
)
