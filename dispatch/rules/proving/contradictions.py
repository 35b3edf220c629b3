"""Proves that a condition never holds, or always does, also through `not`."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from dispatch.rules.conditions.tree import All, AnyOf, Condition, Leaf, Not
from dispatch.rules.language.clock_times import MINUTES_A_DAY, WEEKDAYS
from dispatch.rules.proving.boxes import UNIVERSES, Box, box_of
from dispatch.rules.proving.earlier_claims import hashable
from dispatch.rules.proving.wider import WIDER

_HOURS: Final = "time_of_day"


def never_holds(condition: Condition) -> bool:
    """Whether what it asks for contradicts itself. False where that cannot be proven."""
    if isinstance(condition, Leaf):
        return condition.accepts == frozenset()
    if isinstance(condition, Not):
        return always_holds(condition.part)
    if isinstance(condition, AnyOf):
        return all(never_holds(part) for part in condition.parts)
    return any(map(never_holds, condition.parts)) or _clashes(tuple(_joined(condition)))


def always_holds(condition: Condition) -> bool:
    """Whether it leaves nothing out: what it does not accept contradicts itself."""
    return not isinstance(condition, Leaf) and never_holds(_denied(condition))


def _joined(condition: Condition) -> Iterator[Condition]:
    """What must hold together, without `all` within `all`."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from _joined(part)
    else:
        yield condition


def _clashes(parts: tuple[Condition, ...]) -> bool:
    """One part asks for what another one rules out, alone or all of them together."""
    wanted = [each for each in parts if isinstance(each, Leaf)]
    ruled_out = [each.part for each in parts if isinstance(each, Not)]
    if any(_implied(out, wanted) for out in ruled_out):
        return True
    left = dict(box_of(wanted))
    left |= {fact: every for fact, every in _EVERY.items() if fact not in left}
    if _no_minute_left(ruled_out):
        return True
    for out in ruled_out:
        if isinstance(out, Leaf) and out.accepts is not None and out.fact in left:
            left[out.fact] -= out.accepts
    return any(not values for values in left.values())


# Facts of which every alert has one of these values.
_EVERY: Final[Box] = MappingProxyType({**UNIVERSES, "weekday": frozenset(WEEKDAYS)})


def _no_minute_left(ruled_out: list[Condition]) -> bool:
    """Hours of the day that together are the whole day."""
    hours = [out for out in ruled_out if isinstance(out, Leaf) and out.fact == _HOURS]
    minutes = set().union(*(WIDER[_HOURS].ready(out.wanted) for out in hours))
    return len(minutes) == MINUTES_A_DAY


def _implied(condition: Condition, wanted: list[Leaf]) -> bool:
    """Whether it holds whenever all of the comparisons do."""
    if isinstance(condition, All):
        return all(_implied(part, wanted) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(_implied(part, wanted) for part in condition.parts)
    return isinstance(condition, Leaf) and any(_takes_in(condition, each) for each in wanted)


def _takes_in(wide: Leaf, narrow: Leaf) -> bool:
    """Whether the one holds wherever the other does."""
    if wide.fact != narrow.fact:
        return False
    if hashable(wide.wanted) == hashable(narrow.wanted):
        return True
    if wide.accepts is not None and narrow.accepts is not None:
        return narrow.accepts <= wide.accepts
    if wide.interval and narrow.interval:
        return wide.interval[0] <= narrow.interval[0] and narrow.interval[1] <= wide.interval[1]
    known = WIDER.get(wide.fact)
    return known is not None and known.takes_in(
        known.ready(wide.wanted), known.ready(narrow.wanted)
    )


def _denied(condition: Condition) -> Condition:
    """The condition that holds where this one does not, with `not` before comparisons alone."""
    if isinstance(condition, Not):
        return condition.part
    if isinstance(condition, Leaf):
        return Not(condition)
    parts = tuple(map(_denied, condition.parts))
    return AnyOf(parts) if isinstance(condition, All) else All(parts)
