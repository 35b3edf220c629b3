"""Finds the rules that can match an alert, by the exact values that their conditions ask for.

A comparison by which a rule was found is not made again. The order of the file stays: the first
rule that holds is the same as without an index.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.rules.book.rule import Rule
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.tree import Holds, compiled, required

# A few comparisons cost less than a look-up, and a fact that few rules ask for copies the others.
_FEW: Final = 4
_SHARE: Final = 0.75
_ANSWER: Final = "answer."
_SEE: Final[Mapping[str, Callable[[Facts], object]]] = MappingProxyType(
    {
        "street": lambda facts: facts.street,
        "community": lambda facts: facts.community,
        "grid": lambda facts: facts.grid,
        "source": lambda facts: facts.source,
        "reporter_role": lambda facts: facts.reporter_role,
    }
)

Candidate = tuple[Holds | None, Rule]


@dataclass(frozen=True, slots=True)
class Split:
    """A fork: `by` the value of a fact, `other` where no rule asks for that value.

    `whole` where several choices are one answer: they go more than one way.
    """

    see: Callable[[Facts], object]
    by: Mapping[object, "RuleIndex"]
    other: "RuleIndex"
    whole: tuple[Candidate, ...]


RuleIndex = tuple[Candidate, ...] | Split


def candidates(found: RuleIndex, facts: Facts) -> tuple[Candidate, ...]:
    """The rules that are left for these facts, each with what must still hold."""
    while isinstance(found, Split):
        value = found.see(facts)
        if isinstance(value, tuple):
            return found.whole
        found = found.by.get(value, found.other)
    return found


def index(rules: Sequence[Rule], known: frozenset[str] = frozenset({"category"})) -> RuleIndex:
    """An index of these rules, in their order; `known`: facts that were compared before."""
    asked = {rule.id: _asked(rule) for rule in rules}
    fact = _best_fact(rules, asked, known)
    if fact is None:
        return tuple((compiled(rule.when, known), rule) for rule in rules)
    below = known | {fact}
    free = [rule for rule in rules if fact not in asked[rule.id]]
    values = sorted({value for each in asked.values() for value in each.get(fact, ())})
    return Split(
        see=_SEE.get(fact) or _answer(fact.removeprefix(_ANSWER)),
        by={value: index(_with(rules, asked, fact, value), below) for value in values},
        other=index(free, below),
        whole=tuple((compiled(rule.when, known), rule) for rule in rules),
    )


def _asked(rule: Rule) -> dict[str, frozenset[str]]:
    """By fact the values that a rule's own comparisons leave."""
    asked: dict[str, frozenset[str]] = {}
    for leaf in required(rule.when):
        if leaf.accepts is not None and (leaf.fact in _SEE or leaf.fact.startswith(_ANSWER)):
            asked[leaf.fact] = asked.get(leaf.fact, leaf.accepts) & leaf.accepts
    return asked


def _best_fact(
    rules: Sequence[Rule],
    asked: Mapping[str, Mapping[str, frozenset[str]]],
    known: frozenset[str],
) -> str | None:
    """The fact that most rules ask for; None where an index would cost more than it saves."""
    if len(rules) <= _FEW:
        return None
    counts = Counter(fact for each in asked.values() for fact in each if fact not in known)
    best = max(counts, key=lambda fact: (counts[fact], fact), default=None)
    return best if best and counts[best] >= len(rules) * _SHARE else None


def _with(
    rules: Sequence[Rule],
    asked: Mapping[str, Mapping[str, frozenset[str]]],
    fact: str,
    value: str,
) -> list[Rule]:
    return [rule for rule in rules if value in asked[rule.id].get(fact, (value,))]


def _answer(name: str) -> Callable[[Facts], object]:
    return lambda facts: facts.answers.get(name)
