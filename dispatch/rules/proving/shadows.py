"""Which rules can never decide, because earlier ones take everything they could match?

Two exact proofs: one earlier rule holds whenever this one does; or earlier rules whose conditions
are nothing but sets of values cover, category by category, all that this one accepts.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.conditions.tree import All, Condition, Leaf, required
from dispatch.rules.proving.earlier import Marks, Purse, Shelf, frozen
from dispatch.rules.proving.wider import TEXT, WIDER, parts_asked, parts_said

Box = Mapping[str, frozenset[str]]

# Facts with nothing beside the listed values; an answer may also be missing, a street unknown.
_YES_NO: Final = frozenset({"true", "false"})
_UNIVERSES: Final[Box] = MappingProxyType(
    dict.fromkeys(("place_known", "life_safety", "office_hours"), _YES_NO)
)
# With so many earlier rules of its category each rule is compared, and so many in all: a check
# stays quick, also where thousands of rules look alike.
_MOST_EARLIER: Final = 500
_MOST_PROVEN: Final = 600_000
_MOST_DOUBTED: Final = 250_000
_PARTS_A_COMPARISON: Final = 8


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a rule takes, worked out once. `whole`: its required comparisons are all it has;
    `exact`: so does its box alone.
    """

    rule: Rule
    needs: tuple[Leaf, ...]
    box: Box
    whole: bool
    exact: bool
    place: int
    facts: frozenset[str]
    ready: Mapping[int, Any]
    by_fact: Mapping[str, tuple[Leaf, ...]]


Claims = Mapping[str, _Claim]
Shelves = Mapping[str, Shelf[_Claim]]


def claims_of(book: RuleBook) -> Claims:
    """What each leading rule takes, by its id: for both questions below."""
    return {rule.id: _claim(rule, place) for place, rule in enumerate(book.rules)}


def unreachable(book: RuleBook, claims: Claims) -> Iterator[tuple[Rule, Rule | None]]:
    """Rules that can never decide, with the earlier rule that takes the most from them.

    None instead of a rule: the rule contradicts itself.
    """
    purse = Purse(_MOST_PROVEN, _MOST_EARLIER)
    shelves = _shelves(book, claims, _mark)
    for claim in claims.values():
        if any(not accepted for accepted in claim.box.values()):
            yield claim.rule, None
        elif (earlier := _taker(claim, shelves, purse)) is not None:
            yield claim.rule, earlier


def doubtful(book: RuleBook, claims: Claims) -> Iterator[tuple[Rule, Rule]]:
    """Rules that an earlier one probably takes: of the same facts, and wider where no list of
    values can prove it (words, times, dates, distances). A person should look.
    """
    purse = Purse(_MOST_DOUBTED, _MOST_EARLIER)
    shelves = _shelves(book, claims, _parts)
    for claim in claims.values():
        if all(leaf.accepts is not None or leaf.interval for leaf in claim.needs):
            continue
        codes = claim.rule.categories or shelves.keys()
        if (shelf := shelves.get(min(codes, default=""))) is None:
            continue
        before = purse.spent_on(shelf.before(claim, _spoken(claim, purse)))
        if earlier := next((each for each in before if _looks_wider(each, claim)), None):
            yield claim.rule, earlier.rule


def _shelves(book: RuleBook, claims: Claims, marks: Callable[[_Claim], Marks]) -> Shelves:
    """By category the claims that may take others; of `any` and `not` nothing is known."""
    return {
        code: Shelf((claims[rule.id] for rule in rules if claims[rule.id].whole), marks)
        for code, rules in book.leading.items()
    }


def _mark(claim: _Claim) -> Marks:
    """A wish that whatever it surely takes must have, too."""
    return next(([mark] for mark in _wishes(claim)), None)


def _wishes(claim: _Claim) -> Iterator[Hashable]:
    """What is neither listed nor an interval is taken by an equal wish alone."""
    for leaf in claim.needs:
        if leaf.accepts is None and leaf.interval is None:
            yield leaf.fact, frozen(leaf.wanted)


def _parts(claim: _Claim) -> Marks:
    """Parts of words of which whatever it probably takes must say one."""
    found = (parts_asked(claim.ready[n]) for n, leaf in enumerate(claim.needs) if leaf.fact == TEXT)
    return next((parts for parts in found if parts is not None), None)


def _spoken(claim: _Claim, purse: Purse) -> Marks:
    """All parts of the words that a claim asks for; None where they are too many."""
    told = [claim.ready[n] for n, leaf in enumerate(claim.needs) if leaf.fact == TEXT]
    found = parts_said(told)
    purse.left -= len(found or ()) // _PARTS_A_COMPARISON
    return found


def _looks_wider(earlier: _Claim, claim: _Claim) -> bool:
    """Whoever asks for a fact of which the claim says nothing cannot be wider."""
    if not earlier.facts <= claim.facts:
        return False
    for place, leaf in enumerate(earlier.needs):
        wider = place in earlier.ready and _has_wider(leaf.fact, earlier.ready[place], claim)
        if not wider and not _follows(leaf, claim.by_fact, claim.box):
            return False
    return True


def _has_wider(fact: str, ready: Any, claim: _Claim) -> bool:
    takes_in = WIDER[fact].takes_in
    return any(
        takes_in(ready, other)
        for place, other in claim.ready.items()
        if claim.needs[place].fact == fact
    )


def _claim(rule: Rule, place: int) -> _Claim:
    needs = required(rule.when)
    whole = _is_conjunction(rule.when)
    exact = whole and all(leaf.accepts is not None for leaf in needs)
    facts = frozenset(leaf.fact for leaf in needs)
    ready = {
        number: wider.ready(leaf.wanted)
        for number, leaf in enumerate(needs)
        if (wider := WIDER.get(leaf.fact))
    }
    by_fact = {fact: tuple(leaf for leaf in needs if leaf.fact == fact) for fact in facts}
    return _Claim(rule, needs, _box(needs), whole, exact, place, facts, ready, by_fact)


def _box(needs: Sequence[Leaf]) -> dict[str, frozenset[str]]:
    """For each fact the values that the comparisons leave together."""
    box: dict[str, frozenset[str]] = {}
    for leaf in needs:
        if leaf.accepts is not None:
            box[leaf.fact] = box.get(leaf.fact, leaf.accepts) & leaf.accepts
    return box


def _is_conjunction(condition: Condition | None) -> bool:
    if isinstance(condition, All):
        return all(_is_conjunction(part) for part in condition.parts)
    return condition is None or isinstance(condition, Leaf)


def _taker(claim: _Claim, shelves: Shelves, purse: Purse) -> Rule | None:
    """The rule that takes most of a claim, where every category of it is taken."""
    takers: dict[str, list[Rule]] = {}
    wishes = set(_wishes(claim))
    for code in shelves if claim.rule.categories is None else claim.rule.categories:
        before = shelves[code].before(claim, wishes) if code in shelves else iter(())
        box = {**claim.box, "category": frozenset({code})}
        taken = _taken_in(claim, box, list(purse.spent_on(before)))
        if taken is None:
            return None
        takers.setdefault(taken.id, []).append(taken)
    return max(takers.values(), key=len)[0] if takers else None


def _taken_in(claim: _Claim, box: Box, before: Sequence[_Claim]) -> Rule | None:
    """The earlier rule that takes this category's part of the box, or the first that shares it."""
    known = claim.facts | {"category"}
    for earlier in before:
        if earlier.facts <= known and all(
            _follows(leaf, claim.by_fact, box) for leaf in earlier.needs
        ):
            return earlier.rule
    exact = [each for each in before if each.exact]
    return exact[0].rule if exact and _covered(box, [each.box for each in exact]) else None


def _follows(leaf: Leaf, known: Mapping[str, tuple[Leaf, ...]], box: Box) -> bool:
    """Whether a comparison holds wherever the known ones do, inside the box."""
    if leaf.accepts is not None and leaf.fact in box:
        return box[leaf.fact] <= leaf.accepts
    same = known.get(leaf.fact, ())
    if leaf.interval is not None:
        low, high = leaf.interval
        return any(low <= span[0] and span[1] <= high for each in same if (span := each.interval))
    return leaf.wanted in [each.wanted for each in same]


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
