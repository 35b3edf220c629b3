"""Who pushes what is late."""

from typing import Final

from dispatch.domain.law.rows.choices import SPANS
from dispatch.domain.law.rows.fields import CLOCK, NOTE, REASON, WHOSE_CLOCK
from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.who import (
    DISTRICT,
    HANDLER,
    LEAD_UNIT,
    STREET,
    SUPERVISOR,
    SUPPORT_HANDLER,
    SUPPORT_UNIT,
)

ROWS: Final = (
    Step("urge", OPEN, None, (STREET, SUPERVISOR), (NOTE,)),
    Step(
        "snooze",
        OPEN,
        None,
        (LEAD_UNIT, HANDLER, SUPPORT_UNIT, SUPPORT_HANDLER),
        (
            CLOCK,
            WHOSE_CLOCK,
            Field("span", "choice", required=True, choices=tuple(SPANS)),
            REASON,
        ),
    ),
    Step(
        "escalate",
        OPEN,
        None,
        (STREET, DISTRICT, SUPERVISOR, LEAD_UNIT),
        (CLOCK, WHOSE_CLOCK, REASON),
    ),
    Step("supervise", OPEN, None, (SUPERVISOR,), later=True),
    Step("answer", OPEN, None, (LEAD_UNIT,), later=True),
    Step("accept_answer", OPEN, None, (SUPERVISOR,), later=True),
    Step("send_answer_back", OPEN, None, (SUPERVISOR,), later=True),
    Step("lift", OPEN, None, (SUPERVISOR,), later=True),
)
