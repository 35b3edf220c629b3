"""What may be chosen in the fields of steps."""

from types import MappingProxyType
from typing import Final

from dispatch.domain.law.statuses import IN_WORK

# The district may also decide on an extension after the work was done: a slow decision makes
# nobody late.
DECIDED_IN: Final = IN_WORK | {"verifying", "resolved"}
# Minutes by which a reminder can be put off at a time; the ladder says how many in all.
SPANS: Final = MappingProxyType({"half_hour": 30, "hour": 60, "two_hours": 120, "four_hours": 240})
SHORTEST_SPAN_S: Final = min(SPANS.values()) * 60

DECLINE_REASONS: Final = (
    "not_a_problem_of_place",
    "other_channel",
    "outside_district",
    "not_enough_to_find",
    "accusation",
)
VERDICTS: Final = ("upheld", "rejected", "joint")
GRADES: Final = ("good", "fair", "poor")
# From 1, the worst, to 4.
SEVERITIES: Final = ("severity_1", "severity_2", "severity_3", "severity_4")
