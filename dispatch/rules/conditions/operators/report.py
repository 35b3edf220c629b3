"""Conditions about the report itself: what, from whom, how many, in which words."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from dispatch.domain.reading import MOST_PHOTOS
from dispatch.domain.roles import ROLES
from dispatch.rules.conditions.circumstances import MILDEST, WORST, Circumstances
from dispatch.rules.conditions.facts import WHISTLES, folded
from dispatch.rules.conditions.operators.table import (
    Vocabulary,
    flag_fact,
    operator,
    refuse_empty,
    word_fact,
    worded,
)
from dispatch.rules.conditions.tree import All, Condition, Leaf
from dispatch.rules.language.json_schema import COUNT, FLAG, SOME, WHOLE, enum_of, section, several
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_integer, as_texts, as_words, some_of

# Longer ago is not repetition, and the alerts of a year are quickly counted.
MOST_DAYS: Final = 366


@operator(SOME)
def category(node: Node, vocabulary: Vocabulary) -> Condition:
    """The category, or a group (major class, family) that it belongs to."""
    named = some_of(node, vocabulary.faults, vocabulary.categories, "category")
    codes = frozenset(code for name in named for code in vocabulary.categories.get(name, ()))
    return Leaf(
        "category",
        sorted(named),
        lambda about: about.facts.category,
        lambda about: about.facts.category in codes,
        node,
        accepts=codes,
    )


@operator(SOME)
def about_unit(node: Node, vocabulary: Vocabulary) -> Condition:
    """The unit that a complaint is about."""
    wanted = some_of(node, vocabulary.faults, vocabulary.units, "unit")
    return word_fact(node, wanted, "about_unit", lambda facts: facts.about_unit)


@operator(several(enum_of(ROLES)), values=worded("words.role", ROLES))
def reporter_role(node: Node, vocabulary: Vocabulary) -> Condition:
    wanted = some_of(node, vocabulary.faults, ROLES, "role")
    return word_fact(node, wanted, "reporter_role", lambda facts: facts.reporter_role)


@operator(SOME)
def source(node: Node, vocabulary: Vocabulary) -> Condition:
    """The system a report came from; sources are named by those who connect them."""
    wanted = frozenset(as_texts(node, vocabulary.faults))
    refuse_empty(node, vocabulary.faults)
    return word_fact(node, wanted, "source", lambda facts: facts.source)


@operator(FLAG)
def life_safety(node: Node, vocabulary: Vocabulary) -> Condition:
    """Whether the category, as answered, endangers lives."""
    _refuse_of_limits(node, vocabulary)
    return flag_fact(node, vocabulary, "life_safety", lambda about: about.life_safety)


@operator(section(may={"contains_any": SOME, "contains_all": SOME}))
def text(node: Node, vocabulary: Vocabulary) -> Condition:
    """Words in the description, whatever their width and case."""
    section = Section(node, vocabulary.faults, may=("contains_any", "contains_all"))
    parts: list[Condition] = []
    for key, enough in (("contains_any", any), ("contains_all", all)):
        if (inner := section.get(key)) is not None:
            parts.append(_words(inner, vocabulary, key, enough))
    if not parts:
        vocabulary.faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _words(
    node: Node, vocabulary: Vocabulary, key: str, enough: Callable[[Iterable[bool]], bool]
) -> Leaf:
    written = as_words(node, vocabulary.faults)
    words = tuple(folded(word) for word in written)
    if any(not word.strip() for word in words) or (enough is all and not words):
        vocabulary.faults.remark(node, "always_holds")
    elif not words:
        vocabulary.faults.remark(node, "empty_list")

    def see(about: Circumstances) -> list[str]:
        return [shown for shown, word in zip(written, words, strict=True) if word in about.said]

    def holds(about: Circumstances) -> bool:
        return enough(word in about.said for word in words)

    return Leaf("text", {key: list(written)}, see, holds, node)


@operator(COUNT)
def photos(node: Node, vocabulary: Vocabulary) -> Condition:
    return _count(node, vocabulary, "photos", lambda about: about.facts.photos, most=MOST_PHOTOS)


@operator(COUNT)
def open_nearby(node: Node, vocabulary: Vocabulary) -> Condition:
    """How many open alerts of the same kind lie nearby."""
    leaf = _count(node, vocabulary, "open_nearby", lambda about: about.facts.open_nearby)
    return replace(leaf, days=0)


@operator(section({"within_days": WHOLE}, {"at_least": WHOLE}))
def repeat(node: Node, vocabulary: Vocabulary) -> Condition:
    """How many alerts of the same kind were reported nearby within so many days, one by default."""
    section = Section(node, vocabulary.faults, ("within_days",), ("at_least",))
    days, least = section.integer("within_days"), section.integer("at_least", 1)
    if "within_days" in section and not 1 <= days <= MOST_DAYS:
        vocabulary.faults.add(node, "days_range", seen=days, most=MOST_DAYS)
    if "at_least" in section and least < 1:
        vocabulary.faults.remark(node, "always_holds")
    span = timedelta(days=max(0, min(days, MOST_DAYS)))

    def see(about: Circumstances) -> int:
        first = about.facts.reported_at - span
        return sum(each >= first for each in about.facts.earlier)

    wanted = {"within_days": days, "at_least": least}
    return Leaf("repeat", wanted, see, lambda about: see(about) >= least, node, days=days)


@operator(several(enum_of(WHISTLES)), values=worded("words.whistle", WHISTLES))
def whistle(node: Node, vocabulary: Vocabulary) -> Condition:
    """The kind of whistle with which the street called the departments."""
    wanted = some_of(node, vocabulary.faults, WHISTLES, "whistle")
    return word_fact(node, wanted, "whistle", lambda facts: facts.whistle)


@operator(COUNT)
def severity(node: Node, vocabulary: Vocabulary) -> Condition:
    """From 1, the worst, to 4: of the category as answered, before any rule changes it."""
    _refuse_of_limits(node, vocabulary)
    bounds = {"least": WORST, "most": MILDEST}
    return _count(node, vocabulary, "severity", lambda about: about.severity, **bounds)


def _refuse_of_limits(node: Node, vocabulary: Vocabulary) -> None:
    """Limits that are chosen by what they say themselves could never be chosen."""
    if vocabulary.of_limits:
        vocabulary.faults.add(node.name or node, "asked_of_limits", seen=node.key)


def _count(
    node: Node,
    vocabulary: Vocabulary,
    fact: str,
    see: Callable[[Circumstances], int],
    *,
    least: int = 0,
    most: float = math.inf,
) -> Leaf:
    """`least` and `most`: between which the count lies for every alert."""
    low, high = _interval(node, vocabulary)
    wanted = {"from": low, "to": None if high == math.inf else high}
    if low > high:
        vocabulary.faults.add(node, "empty_interval", low=low, high=high)
    elif high < least or low > most:
        vocabulary.faults.remark(node, "never_holds")
    elif low <= least and high >= most:
        vocabulary.faults.remark(node, "always_holds")
    return Leaf(
        fact,
        wanted,
        see,
        lambda about: low <= see(about) <= high,
        node,
        interval=(low, high),
    )


def _interval(node: Node, vocabulary: Vocabulary) -> tuple[float, float]:
    if not isinstance(node.value, dict):
        exactly = as_integer(node, vocabulary.faults)
        return exactly, exactly
    section = Section(node, vocabulary.faults, may=("at_least", "at_most"))
    if not node.value:
        vocabulary.faults.add(node, "empty_condition")
    low = section.integer("at_least")
    return low, section.integer("at_most") if "at_most" in section else math.inf
