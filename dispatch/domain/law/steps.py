"""The steps of an alert's life as one table: from which status, to which, by whom, asking what.

The law in words is in docs/domain.md; the rows stand in `rows/`.
"""

from types import MappingProxyType
from typing import Final

from dispatch.domain.law.rows import (
    afterwards,
    conversation,
    corrections,
    intake,
    lead,
    more_time,
    pushing,
    result,
    supports,
    twins,
    whistles,
)

_IN_ORDER: Final = (
    intake,
    whistles,
    conversation,
    lead,
    supports,
    result,
    more_time,
    twins,
    pushing,
    corrections,
    afterwards,
)
STEPS: Final = MappingProxyType({step.name: step for part in _IN_ORDER for step in part.ROWS})
# The steps that name the person or team who does the work, of the lead or of a support.
HAND_STEPS: Final = tuple(
    step.name for step in STEPS.values() if any(field.kind == "person" for field in step.fields)
)
