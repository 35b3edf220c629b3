"""Conditions about the report itself: what, from whom, how many, in which words."""

import math
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

from dispatch.domain.roles import ROLES
from dispatch.rules.conditions import answers
from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import WHISTLES, folded
from dispatch.rules.conditions.operators.table import (
    Scope,
    flag_fact,
    operator,
    wants,
    word_fact,
)
from dispatch.rules.conditions.tree import All, Condition, Leaf
from dispatch.rules.language.faults import guess
from dispatch.rules.language.json_schema import COUNT, FLAG, SOME, WHOLE, one_of, section, several
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_integer, as_texts, entries, some_of

# Longer ago is not repetition, and the alerts of a year are quickly counted.
MOST_DAYS: Final = 366


@operator
@wants(SOME)
def category(node: Node, scope: Scope) -> Condition:
    """The category, or a group (major class, family) that it belongs to."""
    named = some_of(node, scope.faults, scope.categories, "category")
    codes = frozenset(code for name in named for code in scope.categories.get(name, ()))
    return Leaf(
        "category",
        sorted(named),
        lambda about: about.facts.category,
        lambda about: about.facts.category in codes,
        node,
        accepts=codes,
    )


@operator
@wants(SOME)
def about_unit(node: Node, scope: Scope) -> Condition:
    """The unit that a complaint is about."""
    wanted = some_of(node, scope.faults, scope.units, "unit")
    return word_fact(node, wanted, "about_unit", lambda facts: facts.about_unit)


@operator
@wants(several(one_of(ROLES)))
def reporter_role(node: Node, scope: Scope) -> Condition:
    wanted = some_of(node, scope.faults, ROLES, "role")
    return word_fact(node, wanted, "reporter_role", lambda facts: facts.reporter_role)


@operator
@wants(SOME)
def source(node: Node, scope: Scope) -> Condition:
    """The system a report came from; sources are named by those who connect them."""
    wanted = frozenset(as_texts(node, scope.faults))
    return word_fact(node, wanted, "source", lambda facts: facts.source)


@operator
@wants(FLAG)
def life_safety(node: Node, scope: Scope) -> Condition:
    """Whether the category, as answered, endangers lives."""
    return flag_fact(node, scope, "life_safety", lambda about: about.life_safety)


@operator
@wants(section(may={"contains_any": SOME, "contains_all": SOME}))
def text(node: Node, scope: Scope) -> Condition:
    """Words in the description, whatever their width and case."""
    section = Section(node, scope.faults, may=("contains_any", "contains_all"))
    parts: list[Condition] = []
    for key, enough in (("contains_any", any), ("contains_all", all)):
        if (inner := section.get(key)) is not None:
            parts.append(_words(inner, scope, key, enough))
    if not parts:
        scope.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _words(node: Node, scope: Scope, key: str, enough: Callable[[Iterable[bool]], bool]) -> Leaf:
    written = as_texts(node, scope.faults)
    words = tuple(folded(word) for word in written)

    def see(about: Circumstances) -> list[str]:
        return [shown for shown, word in zip(written, words, strict=True) if word in about.said]

    def holds(about: Circumstances) -> bool:
        return enough(word in about.said for word in words)

    return Leaf("text", {key: list(written)}, see, holds, node)


@operator
def answer(node: Node, scope: Scope) -> Condition:
    """Answers to the form's questions; several are joined by `all`."""
    parts: list[Condition] = []
    for name, wanted in entries(node, scope.faults):
        if name not in scope.fields:
            near = guess(name, scope.fields)
            scope.faults.add(node.at_key(name), "unknown_field", seen=name, **near)
        parts.append(answers.comparison(name, wanted, scope.fields.get(name), scope.faults))
    if isinstance(node.value, dict) and not parts:
        scope.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


@operator
@wants(COUNT)
def photos(node: Node, scope: Scope) -> Condition:
    return _count(node, scope, "photos", lambda about: about.facts.photos)


@operator
@wants(COUNT)
def open_nearby(node: Node, scope: Scope) -> Condition:
    """How many open alerts of the same kind lie nearby."""
    return _count(node, scope, "open_nearby", lambda about: about.facts.open_nearby)


@operator
@wants(section({"within_days": WHOLE}, {"at_least": WHOLE}))
def repeat(node: Node, scope: Scope) -> Condition:
    """How many alerts of the same kind were reported nearby within so many days, one by default."""
    section = Section(node, scope.faults, ("within_days",), ("at_least",))
    days, least = section.integer("within_days"), section.integer("at_least", 1)
    if "within_days" in section and not 1 <= days <= MOST_DAYS:
        scope.faults.add(node, "days_range", seen=days, most=MOST_DAYS)
    span = timedelta(days=days)

    def see(about: Circumstances) -> int:
        first = about.facts.reported_at - span
        return sum(each >= first for each in about.facts.earlier)

    wanted = {"within_days": days, "at_least": least}
    return Leaf("repeat", wanted, see, lambda about: see(about) >= least, node)


@operator
@wants(several(one_of(WHISTLES)))
def whistle(node: Node, scope: Scope) -> Condition:
    """The kind of whistle with which the street called the departments."""
    wanted = some_of(node, scope.faults, WHISTLES, "whistle")
    return word_fact(node, wanted, "whistle", lambda facts: facts.whistle)


@operator
@wants(COUNT)
def severity(node: Node, scope: Scope) -> Condition:
    """From 1, the worst, to 4: of the category as answered, before any rule changes it."""
    return _count(node, scope, "severity", lambda about: about.severity)


def _count(node: Node, scope: Scope, fact: str, see: Callable[[Circumstances], int]) -> Leaf:
    low, high = _interval(node, scope)
    wanted = {"from": low, "to": None if high == math.inf else high}
    if low > high:
        scope.faults.add(node, "empty_interval", low=low, high=high)
    return Leaf(
        fact,
        wanted,
        see,
        lambda about: low <= see(about) <= high,
        node,
        interval=(low, high),
    )


def _interval(node: Node, scope: Scope) -> tuple[float, float]:
    if not isinstance(node.value, dict):
        exactly = as_integer(node, scope.faults)
        return exactly, exactly
    section = Section(node, scope.faults, may=("at_least", "at_most"))
    if not node.value:
        scope.faults.add(node, "empty_condition")
    low = section.integer("at_least")
    return low, section.integer("at_most") if "at_most" in section else math.inf
