"""Which clocks a step stops, pauses, takes away and starts, by the two statuses and the step."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.statuses import STATUSES, SUSPENDED

# The steps that keep a promise. Any other step that takes a clock away (a return, a withdrawal, a
# merge) leaves it missed after its due time, and neutral before: the late unit stays late.
KEPT_BY: Final = MappingProxyType(
    {
        "accept": frozenset({"accept", "decline"}),
        "sign": frozenset({"sign"}),
        "arrive": frozenset({"arrive"}),
        "dispose": frozenset({"confirm", "record_outcome"}),
        "overall": frozenset({"confirm", "record_outcome"}),
        "verify": frozenset({"verify_ok", "verify_fail"}),
        "ruling": frozenset({"rule"}),
        "rate": frozenset({"rate"}),
        "contact": frozenset({"contact"}),
    },
)

# Steps after which the unit signs and arrives anew, even while these clocks run. Another unit
# disposes anew as well.
BEGINS_ANEW: Final = frozenset({"rule", "reassign"})
_AGAIN: Final = frozenset({"sign", "arrive"})
_HANDED_OVER: Final = frozenset({"dispose"})

# By status, the clocks that are paused instead of ended: the alert waits for a ruling or a date.
PAUSED_IN: Final = MappingProxyType(
    {
        "returned": frozenset({"dispose"}),
        SUSPENDED: frozenset({"contact", "arrive", "dispose", "overall"}),
    },
)

# Steps that stop or start clocks even where the status stays.
MOVES_CLOCKS: Final = frozenset({"contact"}) | BEGINS_ANEW
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
    """What a step does to the clocks: `kept` ones stop as met or missed, `ended` ones are taken
    away, `paused` ones wait, `begun` ones start or, where they are paused, go on.
    """

    kept: frozenset[str]
    paused: frozenset[str]
    ended: frozenset[str]
    begun: frozenset[str]


def clock_changes(
    step: str, source: str, target: str, *, life_safety: bool, by_another: bool = False
) -> ClockChanges:
    """The changes by the statuses before and after the step, and by the step itself. `by_another`:
    another unit leads from then on.
    """
    before = clocks_running(source, life_safety=life_safety)
    after = clocks_running(target, life_safety=life_safety)
    taken = _HANDED_OVER if by_another and step in BEGINS_ANEW else frozenset()
    anew = (_AGAIN | taken) if step in BEGINS_ANEW else frozenset()
    leaving = before - (after - anew)
    kept = frozenset(clock for clock in before if step in KEPT_BY[clock])
    paused = (leaving - kept) & PAUSED_IN.get(target, frozenset())
    return ClockChanges(
        kept=kept,
        paused=paused,
        ended=(leaving - kept - paused) | taken,
        begun=after - (before - anew),
    )
