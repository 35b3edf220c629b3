"""Which rules can never decide, because earlier ones take everything they could match?

Two exact proofs: one earlier rule holds whenever this one does; or earlier rules whose conditions
are nothing but sets of values cover, category by category, all that this one accepts.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from dispatch.rules.conditions import All, Condition, Leaf, required
from dispatch.rules.playbook import Rule, RuleBook

Box = Mapping[str, frozenset[str]]

# Facts with nothing beside the listed values; an answer may also be missing, a street unknown.
_YES_NO: Final = frozenset({"true", "false"})
_UNIVERSES: Final[Box] = MappingProxyType(
    dict.fromkeys(("place_known", "life_safety", "office_hours"), _YES_NO)
)
# Beyond so many earlier rules of one category the proof by cover is not tried: checks stay quick.
_MOST_EARLIER: Final = 500


def unreachable(book: RuleBook) -> Iterator[tuple[Rule, Rule | None]]:
    """Rules that can never decide, with the earlier rule that takes the most from them.

    None instead of a rule: the rule contradicts itself.
    """
    place = {rule.id: number for number, rule in enumerate(book.rules)}
    for rule in book.rules:
        box = _box(rule.when)
        if any(not accepted for accepted in box.values()):
            yield rule, None
        elif (earlier := _taker(rule, box, book, place)) is not None:
            yield rule, earlier


def _taker(rule: Rule, box: Box, book: RuleBook, place: Mapping[str, int]) -> Rule | None:
    takers: dict[str, list[Rule]] = {}
    codes = book.leading if rule.categories is None else rule.categories
    for code in codes:
        before = _before(rule, book.leading.get(code, ()), place)
        taken = _taken_in(rule, {**box, "category": frozenset({code})}, before)
        if taken is None:
            return None
        takers.setdefault(taken.id, []).append(taken)
    return max(takers.values(), key=len)[0] if takers else None


def _before(rule: Rule, rules: Sequence[Rule], place: Mapping[str, int]) -> list[Rule]:
    earlier = (each for each in rules if place[each.id] < place[rule.id])
    return list(islice(earlier, _MOST_EARLIER))


def _taken_in(rule: Rule, box: Box, before: Sequence[Rule]) -> Rule | None:
    """The earlier rule that takes this category's part of the box, or the first that shares it."""
    for earlier in before:
        if _implies(rule.when, earlier.when, box):
            return earlier
    exact = [each for each in before if _is_exact(each.when)]
    return exact[0] if exact and _covered(box, [_box(each.when) for each in exact]) else None


def _implies(later: Condition | None, earlier: Condition | None, box: Box) -> bool:
    """Whether `earlier` holds wherever `later` does: each of its comparisons follows from one."""
    if earlier is None:
        return True
    if not _is_conjunction(earlier):
        return False
    known = required(later)
    return all(_follows(leaf, known, box) for leaf in required(earlier))


def _follows(leaf: Leaf, known: Sequence[Leaf], box: Box) -> bool:
    if leaf.accepts is not None and leaf.fact in box:
        return box[leaf.fact] <= leaf.accepts
    same = [each for each in known if each.fact == leaf.fact]
    if leaf.interval is not None:
        low, high = leaf.interval
        spans = [each.interval for each in same if each.interval]
        return any(low <= start and end <= high for start, end in spans)
    return any(each.wanted == leaf.wanted for each in same)


def _is_conjunction(condition: Condition | None) -> bool:
    if isinstance(condition, All):
        return all(_is_conjunction(part) for part in condition.parts)
    return condition is None or isinstance(condition, Leaf)


def _is_exact(condition: Condition | None) -> bool:
    """Whether the box of a condition says all of it."""
    return _is_conjunction(condition) and all(
        leaf.accepts is not None for leaf in required(condition)
    )


def _box(condition: Condition | None) -> dict[str, frozenset[str]]:
    """For each fact the values that the required comparisons leave."""
    box: dict[str, frozenset[str]] = {}
    for leaf in required(condition):
        if leaf.accepts is not None:
            box[leaf.fact] = box.get(leaf.fact, leaf.accepts) & leaf.accepts
    return box


def _covered(box: Box, by: Sequence[Box]) -> bool:
    """Whether every point of the box lies in one of the others: what one leaves, the rest take."""
    for number, other in enumerate(by):
        if _is_apart(box, other):
            continue
        return all(_covered(rest, by[number + 1 :]) for rest in _rest(box, other))
    return False


def _is_apart(box: Box, other: Box) -> bool:
    return any(fact in box and box[fact].isdisjoint(values) for fact, values in other.items())


def _rest(box: Box, other: Box) -> Iterator[Box]:
    """The parts of a box outside another, disjoint; an open fact leaves an uncoverable part."""
    inside = dict(box)
    for fact, values in other.items():
        here = inside.get(fact, _UNIVERSES.get(fact))
        if here is None:
            yield {**inside, fact: _OUTSIDE}
            inside[fact] = values
            continue
        if left := here - values:
            yield {**inside, fact: left}
        inside[fact] = here & values


_OUTSIDE: Final = frozenset({"\0 any other value"})
