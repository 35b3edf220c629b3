"""What becomes of an alert that nobody leads yet."""

from typing import Final

from dispatch.domain.law.rows.choices import DECLINE_REASONS
from dispatch.domain.law.rows.fields import KIND, LEAD_OR_RULES, NOTE, OWN_NOTE, PLACE
from dispatch.domain.law.rows.step import TOLD, Field, Step, statuses_named
from dispatch.domain.law.who import GRID_WORKER, REPORTER, STREET

ROWS: Final = (
    Step("report", frozenset(), "reported", (REPORTER,)),
    Step(
        "accept",
        statuses_named("reported"),
        "dispatched",
        (STREET,),
        # what the rules proposed was for the kind and place before: they may name it anew
        (LEAD_OR_RULES, KIND, PLACE, NOTE),
    ),
    Step("settle", statuses_named("reported"), "verifying", (STREET, GRID_WORKER), later=True),
    Step(
        "decline",
        statuses_named("reported", "dispatched"),
        "declined",
        (STREET,),
        (
            Field("reason", "choice", required=True, choices=DECLINE_REASONS),
            Field("where_instead", "text", required=True, audience=TOLD),
        ),
    ),
    Step("refer", statuses_named("reported"), "referred", (STREET,), later=True),
    Step(
        "withdraw", statuses_named("reported", "dispatched"), "withdrawn", (REPORTER,), (OWN_NOTE,)
    ),
    Step("pre_check", statuses_named("reported"), None, (GRID_WORKER,), later=True),
)
