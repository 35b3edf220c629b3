"""The street's whistle, from the call to its end."""

from typing import Final

from dispatch.domain.law.rows.step import Step, statuses_named
from dispatch.domain.law.statuses import OPEN, WITH_LEAD
from dispatch.domain.law.who import DISTRICT, LEAD_UNIT, STREET, SUPPORT_UNIT

ROWS: Final = (
    Step(
        "whistle",
        statuses_named("reported", "dispatched", "signed"),
        "dispatched",
        (STREET,),
        later=True,
    ),
    Step("confirm_whistle", OPEN, None, (STREET,), later=True),
    Step("downgrade", OPEN, None, (STREET,), later=True, moves_version=True),
    Step(
        "contest",
        statuses_named("dispatched", "signed"),
        None,
        (LEAD_UNIT, SUPPORT_UNIT),
        later=True,
    ),
    Step("decide_kind", WITH_LEAD, None, (DISTRICT,), later=True, moves_version=True),
    Step("end_whistle", OPEN, None, (STREET,), later=True),
)
