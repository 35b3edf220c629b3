"""Which clocks a step stops, pauses, ends and starts, by the two statuses and the step."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.statuses import STATUSES, SUSPENDED

# The steps that keep a promise: only these make its clock met or missed. A step that only leaves
# the clock's status (a return, a withdrawal, a merge) ends it neutral.
KEPT_BY: Final = MappingProxyType(
    {
        "accept": frozenset({"accept", "decline"}),
        "sign": frozenset({"sign"}),
        "arrive": frozenset({"arrive"}),
        "dispose": frozenset({"confirm", "record_outcome"}),
        "verify": frozenset({"verify_ok", "verify_fail"}),
        "ruling": frozenset({"rule"}),
        "rate": frozenset({"rate"}),
        "contact": frozenset({"contact"}),
    },
)

# Steps that restart these clocks even while they run, because another unit owes them from then on.
BEGINS_ANEW: Final = MappingProxyType(
    {
        "rule": frozenset({"sign", "arrive"}),
        "reassign": frozenset({"sign", "arrive"}),
    },
)

# By status, the clocks that are paused instead of ended: the alert waits for a ruling or a date.
PAUSED_IN: Final = MappingProxyType(
    {
        "returned": frozenset({"dispose"}),
        SUSPENDED: frozenset({"contact", "arrive", "dispose"}),
    },
)

# Steps that stop or start clocks even where the status stays.
MOVES_CLOCKS: Final = frozenset({"contact", *BEGINS_ANEW})
# Done once by each unit that leads: once it is done, its clock does not start again.
ONCE: Final = "contact"


def clocks_running(status: str, *, life_safety: bool) -> frozenset[str]:
    """The clocks that run in a status. A returned life-safety alert keeps its dispose clock:
    whoever holds it goes on working.
    """
    clocks = frozenset(STATUSES[status].clocks)
    if status == "returned" and life_safety:
        return clocks | {"dispose"}
    return clocks


@dataclass(frozen=True)
class ClockChanges:
    """What a step does to the clocks: `kept` ones stop as met or missed, `ended` ones stop as
    neither, `paused` ones wait, `begun` ones start.
    """

    kept: frozenset[str]
    paused: frozenset[str]
    ended: frozenset[str]
    begun: frozenset[str]


def clock_changes(step: str, source: str, target: str, *, life_safety: bool) -> ClockChanges:
    """The changes by the statuses before and after the step, and by the step itself."""
    before = clocks_running(source, life_safety=life_safety)
    after = clocks_running(target, life_safety=life_safety)
    anew = BEGINS_ANEW.get(step, frozenset())
    leaving = before - (after - anew)
    kept = frozenset(clock for clock in before if step in KEPT_BY[clock])
    paused = (leaving - kept) & PAUSED_IN.get(target, frozenset())
    return ClockChanges(
        kept=kept,
        paused=paused,
        ended=leaving - kept - paused,
        begun=after - (before - anew),
    )
