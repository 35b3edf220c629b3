"""Which clocks does a step keep, pause, end and begin? By the two statuses and the deed."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.statuses import STATUSES, SUSPENDED

# The deeds that keep a promise: only these make its clock met or missed. Whatever else takes a
# clock's status away (a return, a withdrawal, a merge) ends it neutral.
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

# Deeds after which these clocks begin anew although they may be running: another unit has them.
BEGINS_ANEW: Final = MappingProxyType(
    {
        "rule": frozenset({"sign", "arrive"}),
        "reassign": frozenset({"sign", "arrive"}),
    },
)

# The clocks that stand, not end, while an alert waits: for a ruling, or for a date.
PAUSED_IN: Final = MappingProxyType(
    {
        "returned": frozenset({"dispose"}),
        SUSPENDED: frozenset({"contact", "arrive", "dispose"}),
    },
)

# Deeds that move clocks though the alert may stay where it is.
MOVES_CLOCKS: Final = frozenset({"contact", *BEGINS_ANEW})
# What is done once by each unit that holds an alert: its clock does not begin a second time.
ONCE: Final = "contact"


def clocks_running(status: str, *, life_safety: bool) -> frozenset[str]:
    """The clocks of a status; a returned life-safety alert goes on being disposed by its holder."""
    clocks = frozenset(STATUSES[status].clocks)
    if status == "returned" and life_safety:
        return clocks | {"dispose"}
    return clocks


@dataclass(frozen=True)
class ClockChanges:
    """What a step does to the clocks: those it keeps, pauses, ends neutral, and begins."""

    kept: frozenset[str]
    paused: frozenset[str]
    ended: frozenset[str]
    begun: frozenset[str]


def clock_changes(step: str, source: str, target: str, *, life_safety: bool) -> ClockChanges:
    """The clocks by the two statuses and the deed."""
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
