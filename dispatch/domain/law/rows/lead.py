"""Who leads, who is sent, and who shall lead instead."""

from typing import Final

from dispatch.domain.law.rows.choices import VERDICTS
from dispatch.domain.law.rows.fields import NOTE, REASON
from dispatch.domain.law.rows.step import TOLD, Field, Step, statuses_named
from dispatch.domain.law.who import DISTRICT, HANDLER, LEAD_UNIT, STREET

ROWS: Final = (
    Step(
        "sign",
        statuses_named("dispatched"),
        "signed",
        (LEAD_UNIT,),
        (Field("to", "person"), NOTE),
    ),
    Step(
        "assign",
        statuses_named("signed", "on_site"),
        None,
        (LEAD_UNIT,),
        (Field("to", "person", required=True), NOTE),
        moves_version=True,
    ),
    Step(
        "contact",
        statuses_named("signed", "on_site"),
        None,
        (LEAD_UNIT, HANDLER),
        (Field("message", "text", required=True, audience=TOLD),),
    ),
    Step(
        "return",
        statuses_named("dispatched", "signed"),
        "returned",
        (LEAD_UNIT,),
        (
            REASON,
            Field("proposed", "unit", required=True),
            Field("clause", "text", required=True),
            Field("finding", "text"),
        ),
    ),
    Step(
        "rule",
        statuses_named("returned"),
        "dispatched",
        (DISTRICT,),
        (
            Field("verdict", "choice", required=True, choices=VERDICTS),
            Field("lead", "unit"),
            Field("final", "yes_no"),
            REASON,
        ),
    ),
    Step(
        "reassign",
        statuses_named("dispatched", "signed", "on_site"),
        "dispatched",
        (STREET, DISTRICT),
        (Field("lead", "unit", required=True), REASON),
        moves_version=True,
    ),
)
