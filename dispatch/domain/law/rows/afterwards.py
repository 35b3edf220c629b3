"""What is asked once an alert is closed, and who may learn who reported."""

from typing import Final

from dispatch.domain.law.rows.step import Step, statuses_named
from dispatch.domain.law.statuses import STATUSES
from dispatch.domain.law.who import DISTRICT, LEAD_UNIT, STREET, SUPERVISOR

_CLOSED: Final = statuses_named("closed")
_ANY: Final = frozenset(STATUSES)

ROWS: Final = (
    Step("appeal", _CLOSED, None, (LEAD_UNIT,), later=True),
    Step("excuse", _CLOSED, None, (SUPERVISOR, DISTRICT), later=True),
    Step("confirm_excuse", _CLOSED, None, (SUPERVISOR, DISTRICT), later=True),
    Step("refuse_appeal", _CLOSED, None, (SUPERVISOR, DISTRICT), later=True),
    Step("call_back", _CLOSED, None, (STREET, DISTRICT), later=True),
    Step("unseal", _ANY, None, (DISTRICT,), later=True),
    Step("confirm_unseal", _ANY, None, (SUPERVISOR,), later=True),
    Step("refuse_unseal", _ANY, None, (SUPERVISOR,), later=True),
)
