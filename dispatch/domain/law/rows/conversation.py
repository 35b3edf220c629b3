"""What is asked of the reporter, and answered."""

from typing import Final

from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.who import REPORTER, STREET, UNIT_STAFF

ROWS: Final = (
    Step("ask", OPEN, None, (UNIT_STAFF, STREET), later=True),
    Step("supply", OPEN, None, (REPORTER,), later=True),
)
