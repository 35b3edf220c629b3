"""Sets of values by fact ("boxes"), and whether several of them cover another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.conditions.tree import Leaf
from dispatch.rules.language.json_schema import FLAG

Box = Mapping[str, frozenset[str]]

_YES_NO: Final = frozenset({"true", "false"})
# Facts that have no other values than these; an answer may also be missing, a street unknown.
UNIVERSES: Final[Box] = MappingProxyType(
    {name: _YES_NO for name, each in OPERATORS.items() if each.schema == FLAG}
)
_OUTSIDE: Final = frozenset({"\0 any other value"})


def box_of(needs: Iterable[Leaf]) -> Box:
    """For each fact the values that the comparisons leave together."""
    box: dict[str, frozenset[str]] = {}
    for leaf in needs:
        if leaf.accepts is not None:
            box[leaf.fact] = box.get(leaf.fact, leaf.accepts) & leaf.accepts
    return box


def is_covered(box: Box, by: Sequence[Box]) -> bool:
    """Whether every point of the box lies in one of the others."""
    for number, other in enumerate(by):
        if _is_apart(box, other):
            continue
        return all(is_covered(rest, by[number + 1 :]) for rest in _rest(box, other))
    return False


def _is_apart(box: Box, other: Box) -> bool:
    return any(fact in box and box[fact].isdisjoint(values) for fact, values in other.items())


def _rest(box: Box, other: Box) -> Iterator[Box]:
    """The parts of a box outside another, disjoint. A fact without a known universe leaves a part
    that nothing covers.
    """
    inside = dict(box)
    for fact, values in other.items():
        here = inside.get(fact, UNIVERSES.get(fact))
        if here is None:
            yield {**inside, fact: _OUTSIDE}
            inside[fact] = values
            continue
        if left := here - values:
            yield {**inside, fact: left}
        inside[fact] = here & values
