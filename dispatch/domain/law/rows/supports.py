"""Units that help: called, at work, released."""

from typing import Final

from dispatch.domain.law.rows.fields import NOTE, PHOTOS, REASON
from dispatch.domain.law.rows.step import Field, Step, statuses_named
from dispatch.domain.law.statuses import WITH_LEAD
from dispatch.domain.law.who import DISTRICT, LEAD_UNIT, STREET, SUPPORT_HANDLER, SUPPORT_UNIT
from dispatch.domain.supports import MODES

ROWS: Final = (
    Step(
        "call_support",
        statuses_named("signed", "on_site"),
        None,
        (LEAD_UNIT, STREET),
        (
            Field("unit", "unit", required=True),
            Field("mode", "choice", required=True, choices=MODES),
            REASON,
        ),
    ),
    Step(
        "release_support",
        statuses_named("signed", "on_site", "submitted"),
        None,
        (LEAD_UNIT, STREET, DISTRICT),
        (Field("unit", "unit", required=True), REASON),
    ),
    Step(
        "ask_release",
        statuses_named("signed", "on_site", "submitted"),
        None,
        (LEAD_UNIT, STREET, DISTRICT),
        (Field("unit", "unit", required=True), REASON),
    ),
    Step(
        "agree_release",
        statuses_named("signed", "on_site", "submitted"),
        None,
        (LEAD_UNIT, STREET, DISTRICT),
        (NOTE,),
    ),
    Step(
        "refuse_release",
        statuses_named("signed", "on_site", "submitted"),
        None,
        (LEAD_UNIT, STREET, DISTRICT),
        (REASON,),
    ),
    Step("support_sign", WITH_LEAD, None, (SUPPORT_UNIT,), (Field("to", "person"), NOTE)),
    Step(
        "support_assign",
        WITH_LEAD,
        None,
        (SUPPORT_UNIT,),
        (Field("to", "person", required=True), NOTE),
    ),
    Step(
        "support_arrive",
        WITH_LEAD,
        None,
        (SUPPORT_HANDLER,),
        (Field("position", "position"), PHOTOS, Field("reason", "text")),
    ),
    Step(
        "support_finish",
        WITH_LEAD,
        None,
        (SUPPORT_HANDLER, SUPPORT_UNIT),
        (Field("done", "text", required=True), PHOTOS),
    ),
)
