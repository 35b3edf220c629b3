"""Finds rules that can never decide, because earlier rules take everything that they accept.

Two exact proofs: one earlier rule holds whenever this one does; or earlier rules whose conditions
are nothing but sets of values cover, category by category, all that this one accepts.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, Final

from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.conditions.tree import Leaf
from dispatch.rules.proving.boxes import Box, is_covered
from dispatch.rules.proving.claims import Claim, Claims
from dispatch.rules.proving.earlier_claims import (
    ComparisonBudget,
    EarlierClaims,
    Marks,
    hashable,
)
from dispatch.rules.proving.wider import TEXT, WIDER, parts_asked, parts_said

# A rule is compared with so many earlier rules of its category, and there are so many comparisons
# in all: a check stays quick, also where thousands of rules look alike.
_MOST_EARLIER: Final = 500
_MOST_PROVEN: Final = 600_000
_MOST_DOUBTED: Final = 250_000
_PARTS_A_COMPARISON: Final = 8

ByCategory = Mapping[str, EarlierClaims[Claim]]


def unreachable(book: RuleBook, claims: Claims) -> Iterator[tuple[Rule, Rule | None]]:
    """The rules that can never decide, each with the earlier rule that takes the most from it.

    None instead of a rule: the rule contradicts itself.
    """
    budget = ComparisonBudget(_MOST_PROVEN, _MOST_EARLIER)
    by_category = _by_category(book, claims, _mark)
    for claim in claims.values():
        if any(not accepted for accepted in claim.box.values()):
            yield claim.rule, None
        elif (earlier := _taker(claim, by_category, budget)) is not None:
            yield claim.rule, earlier


def partly_taken(book: RuleBook, claims: Claims) -> Iterator[tuple[Rule, Rule, list[str]]]:
    """The rules that name categories which an earlier rule takes whole, with that rule; those that
    name a group mean what is left of it.
    """
    budget = ComparisonBudget(_MOST_PROVEN, _MOST_EARLIER)
    by_category = _by_category(book, claims, _mark)
    for claim in claims.values():
        named = {each for leaf in claim.needs if leaf.fact == "category" for each in _listed(leaf)}
        codes = sorted(named & (claim.rule.categories or set()))
        takers = {
            code: taker
            for code in (codes if len(codes) > 1 else ())
            if (taker := _taker_in(claim, code, by_category, budget)) is not None
        }
        if takers and len(takers) < len(claim.rule.categories or ()):
            yield claim.rule, next(iter(takers.values())), list(takers)


def _listed(leaf: Leaf) -> list[str]:
    return list(leaf.wanted) if isinstance(leaf.wanted, list) else []


def doubtful(book: RuleBook, claims: Claims) -> Iterator[tuple[Rule, Rule]]:
    """The rules that an earlier one probably takes: it asks for the same facts and is wider where
    no list of values can prove it (words, times, dates, distances). A person should look.
    """
    budget = ComparisonBudget(_MOST_DOUBTED, _MOST_EARLIER)
    by_category = _by_category(book, claims, _parts)
    for claim in claims.values():
        if all(leaf.accepts is not None or leaf.interval for leaf in claim.needs):
            continue
        codes = claim.rule.categories or by_category.keys()
        if (known := by_category.get(min(codes, default=""))) is None:
            continue
        before = budget.spend(known.before(claim, _parts_of(claim, budget)))
        if earlier := next((each for each in before if _looks_wider(each, claim)), None):
            yield claim.rule, earlier.rule


def _by_category(book: RuleBook, claims: Claims, marks: Callable[[Claim], Marks]) -> ByCategory:
    """The claims that may take from others; of conditions with `any` and `not` nothing is known."""
    return {
        code: EarlierClaims((claims[rule.id] for rule in rules if claims[rule.id].whole), marks)
        for code, rules in book.leading.items()
    }


def _mark(claim: Claim) -> Marks:
    """A wish that every rule must have from which this one surely takes."""
    return next(([mark] for mark in _wishes(claim)), None)


def _wishes(claim: Claim) -> Iterator[Hashable]:
    """The comparisons without listed values and interval: only an equal one is surely narrower."""
    for leaf in claim.needs:
        if leaf.accepts is None and leaf.interval is None:
            yield leaf.fact, hashable(leaf.wanted)


def _parts(claim: Claim) -> Marks:
    """Parts of words, of which every rule asks for one from which this one probably takes."""
    found = (parts_asked(claim.ready[n]) for n, leaf in enumerate(claim.needs) if leaf.fact == TEXT)
    return next((parts for parts in found if parts is not None), None)


def _parts_of(claim: Claim, budget: ComparisonBudget) -> Marks:
    """All parts of the words that a claim asks for; None where they are too many."""
    asked = [claim.ready[n] for n, leaf in enumerate(claim.needs) if leaf.fact == TEXT]
    found = parts_said(asked)
    budget.left -= len(found or ()) // _PARTS_A_COMPARISON
    return found


def _looks_wider(earlier: Claim, claim: Claim) -> bool:
    """A claim that asks for a fact of which the other says nothing cannot be wider."""
    if not earlier.facts <= claim.facts:
        return False
    for place, leaf in enumerate(earlier.needs):
        wider = place in earlier.ready and _has_wider(leaf.fact, earlier.ready[place], claim)
        if not wider and not _follows(leaf, claim.by_fact, claim.box):
            return False
    return True


def _has_wider(fact: str, ready: Any, claim: Claim) -> bool:
    takes_in = WIDER[fact].takes_in
    return any(
        takes_in(ready, other)
        for place, other in claim.ready.items()
        if claim.needs[place].fact == fact
    )


def _taker(claim: Claim, by_category: ByCategory, budget: ComparisonBudget) -> Rule | None:
    """The rule that takes most of a claim, where every category of it is taken."""
    takers: dict[str, list[Rule]] = {}
    for code in by_category if claim.rule.categories is None else claim.rule.categories:
        taker = _taker_in(claim, code, by_category, budget)
        if taker is None:
            return None
        takers.setdefault(taker.id, []).append(taker)
    return max(takers.values(), key=len)[0] if takers else None


def _taker_in(
    claim: Claim, code: str, by_category: ByCategory, budget: ComparisonBudget
) -> Rule | None:
    """The rule that takes all of one category from a claim."""
    wishes = set(_wishes(claim))
    before = by_category[code].before(claim, wishes) if code in by_category else iter(())
    box = {**claim.box, "category": frozenset({code})}
    return _taker_of_box(claim, box, list(budget.spend(before)))


def _taker_of_box(claim: Claim, box: Box, before: Sequence[Claim]) -> Rule | None:
    """The earlier rule that takes this category's part of a claim, or the first of those that take
    it together.
    """
    known = claim.facts | {"category"}
    for earlier in before:
        if earlier.facts <= known and all(
            _follows(leaf, claim.by_fact, box) for leaf in earlier.needs
        ):
            return earlier.rule
    exact = [each for each in before if each.exact]
    return exact[0].rule if exact and is_covered(box, [each.box for each in exact]) else None


def _follows(leaf: Leaf, known: Mapping[str, tuple[Leaf, ...]], box: Box) -> bool:
    """Whether a comparison holds wherever the known ones do, inside the box."""
    if leaf.accepts is not None and leaf.fact in box:
        return box[leaf.fact] <= leaf.accepts
    same = known.get(leaf.fact, ())
    if leaf.interval is not None:
        low, high = leaf.interval
        return any(low <= span[0] and span[1] <= high for each in same if (span := each.interval))
    return leaf.wanted in [each.wanted for each in same]
