"""Two reports of one problem."""

from typing import Final

from dispatch.domain.law.rows.fields import NOTE, REASON
from dispatch.domain.law.rows.step import Field, Step, statuses_named
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.who import REPORTER, STREET

ROWS: Final = (
    Step(
        "merge",
        statuses_named("reported", "dispatched", "signed"),
        "merged",
        (STREET,),
        (Field("into", "alert", required=True), NOTE),
    ),
    Step("unmerge", statuses_named("merged"), "reported", (STREET,), (REASON,)),
    Step("witness", OPEN, None, (REPORTER,), later=True),
)
