"""Tells comparisons that can never hold together: hours, seasons, places, counts, questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.duplicates import metres
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.tree import All, AnyOf, Condition, Leaf, Not
from dispatch.rules.language.clock_times import clock_span, days_of_season, minutes_of
from dispatch.rules.proving.boxes import Box, box_of

_ANSWER: Final = "answer."
_PLACES: Final = ("grid", "community", "street")  # each within one of the next
Together = tuple[Leaf, ...]


def held_together(condition: Condition, outer: Together = ()) -> Iterator[Together]:
    """The comparisons that must hold at once: of the whole, and of each way that `any` leaves."""
    if isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from held_together(part, outer)
    elif not isinstance(condition, Not):
        parts = tuple(_joined(condition))
        here = (*outer, *(each for each in parts if isinstance(each, Leaf)))
        yield here
        for each in parts:
            if isinstance(each, AnyOf):
                yield from held_together(each, here)


def _joined(condition: Condition) -> Iterator[Condition]:
    for part in condition.parts if isinstance(condition, All) else (condition,):
        yield from _joined(part) if isinstance(part, All) else (part,)


def first_clash(together: Together, playbook: Playbook) -> Leaf | None:
    """The comparison with which nothing is left; None where there is none."""
    for size in range(2, len(together) + 1):
        if _clash(together[:size], playbook):
            return together[size - 1]
    return None


def _clash(leaves: Together, playbook: Playbook) -> bool:
    box = box_of(leaves)
    if any(not left and _all_say(leaves, fact) for fact, left in box.items()):
        return True
    same = [leaf for leaf in leaves if leaf.fact == leaves[-1].fact]
    if _leave_nothing(same) or _is_elsewhere(box, playbook):
        return True
    return _is_nowhere(box) or _is_closed(leaves, box, playbook)


def _all_say(leaves: Together, fact: str) -> bool:
    """Whether each of them could hold alone: what never can was told where it was read."""
    return all(leaf.accepts for leaf in leaves if leaf.fact == fact and leaf.accepts is not None)


def _leave_nothing(same: list[Leaf]) -> bool:
    """Comparisons of one fact, of which each could hold alone."""
    if len(same) < 2:
        return False
    spans = [leaf.interval for leaf in same if leaf.interval]
    if spans and max(low for low, _ in spans) > min(high for _, high in spans):
        return all(low <= high for low, high in spans)
    nothing_left = _NOTHING_LEFT.get(same[0].fact)
    return nothing_left is not None and nothing_left([leaf.wanted for leaf in same])


def _no_moment(every: Iterable[set[Any]]) -> bool:
    sets = list(every)
    return all(sets) and not set.intersection(*sets)


def _hours(wanted: list[Any]) -> bool:
    written = ([each] if isinstance(each, str) else each for each in wanted)
    return _no_moment(
        minutes_of(span for one in spans if (span := clock_span(str(one)))) for spans in written
    )


def _seasons(wanted: list[Any]) -> bool:
    return _no_moment(days_of_season(_day(each["from"]), _day(each["to"])) for each in wanted)


def _day(written: str) -> tuple[int, int]:
    month, _, day = written.partition("-")
    return int(month), int(day)


def _dates(wanted: list[Any]) -> bool:
    first = max(str(each.get("from", "0000")) for each in wanted)
    return first > min(str(each.get("to", "9999")) for each in wanted)


def _circles(wanted: list[Any]) -> bool:
    """Two that do not meet."""
    return any(
        metres((one["lon"], one["lat"]), (other["lon"], other["lat"]))
        > one["within_m"] + other["within_m"]
        for one, other in combinations(wanted, 2)
    )


_NOTHING_LEFT: Final[Mapping[str, Callable[[list[Any]], bool]]] = MappingProxyType(
    {"time_of_day": _hours, "season": _seasons, "dates": _dates, "near": _circles}
)


def _is_elsewhere(box: Box, playbook: Playbook) -> bool:
    """A grid or a community that lies in none of the streets beside it."""
    above = playbook.organisation.ancestors
    return any(
        bool(box[inner] and box[outer])
        and all(box[outer].isdisjoint(above(unit)) for unit in box[inner])
        for inner, outer in combinations(_PLACES, 2)
        if inner in box and outer in box
    )


def _is_nowhere(box: Box) -> bool:
    """A street, and a place of which no street is known."""
    return bool(box.get("street")) and box.get("place_known") == frozenset({"false"})


def _is_closed(leaves: Together, box: Box, playbook: Playbook) -> bool:
    """Office hours on a day on which the office is closed."""
    default = playbook.calendars.get(playbook.default_calendar)
    if default is None or box.get("office_hours") != frozenset({"true"}):
        return False
    closed = {"off"} if default.plan.open_on_holidays else {"off", "holiday"}
    days = [leaf.wanted for leaf in leaves if leaf.fact == "day"]
    return any(isinstance(each, list) and each and closed.issuperset(each) for each in days)


def foreign_question(together: Together, playbook: Playbook) -> Leaf | None:
    """The answer to a question, or an answer, that none of the kinds beside it has."""
    codes = box_of(together).get("category")
    for leaf in together if codes else ():
        if leaf.fact.startswith(_ANSWER) and not any(
            _has(playbook, code, leaf) for code in codes or ()
        ):
            return leaf
    return None


def _has(playbook: Playbook, code: str, leaf: Leaf) -> bool:
    """Whether the form of a kind asks so, and one can answer so."""
    fields = playbook.categories[code].fields if code in playbook.categories else ()
    asked = (each for each in fields if f"{_ANSWER}{each.name}" == leaf.fact)
    return any(
        leaf.accepts is None
        or not each.choices
        or any(choice.id in leaf.accepts for choice in each.choices)
        for each in asked
    )
