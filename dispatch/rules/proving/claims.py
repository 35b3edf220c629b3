"""What each leading rule accepts, worked out once so that rules can be compared with each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.conditions.tree import All, Condition, Leaf, required
from dispatch.rules.proving.boxes import Box, box_of
from dispatch.rules.proving.wider import WIDER


@dataclass(frozen=True, slots=True)
class Claim:
    """`needs`: the comparisons that must hold for the rule to match; `box`: the values they leave.

    `whole`: the condition is nothing but these comparisons; `exact`: nothing but the box. `ready`
    has by number what `WIDER` made of a comparison, `by_fact` the comparisons of each fact.
    """

    rule: Rule
    place: int
    needs: tuple[Leaf, ...]
    box: Box
    whole: bool
    exact: bool
    facts: frozenset[str]
    ready: Mapping[int, Any]
    by_fact: Mapping[str, tuple[Leaf, ...]]


Claims = Mapping[str, Claim]


def claims_of(book: RuleBook) -> Claims:
    """The claim of each leading rule by its id, in the order of the file."""
    return {rule.id: _claim(rule, place) for place, rule in enumerate(book.rules)}


def _claim(rule: Rule, place: int) -> Claim:
    needs = required(rule.when)
    whole = _is_conjunction(rule.when)
    facts = frozenset(leaf.fact for leaf in needs)
    return Claim(
        rule=rule,
        place=place,
        needs=needs,
        box=box_of(needs),
        whole=whole,
        exact=whole and all(leaf.accepts is not None for leaf in needs),
        facts=facts,
        ready={
            number: wider.ready(leaf.wanted)
            for number, leaf in enumerate(needs)
            if (wider := WIDER.get(leaf.fact))
        },
        by_fact={fact: tuple(leaf for leaf in needs if leaf.fact == fact) for fact in facts},
    )


def _is_conjunction(condition: Condition | None) -> bool:
    if isinstance(condition, All):
        return all(_is_conjunction(part) for part in condition.parts)
    return condition is None or isinstance(condition, Leaf)
