"""What do rules say, and how are they found? The frozen values of rules.yaml and cases.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from dispatch.rules.book.finding import Found
from dispatch.rules.book.terms import Support, Terms
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.conditions.tree import Condition
from dispatch.rules.language.faults import Source
from dispatch.rules.language.values import Label

WHISTLES: Final = ("emergency", "enforcement", "priority")


@dataclass(frozen=True, slots=True)
class Effects:
    """What a rule does when it matches; None or empty: nothing of that kind."""

    lead: str | None = None
    needs_person: bool = False
    supports: tuple[Support, ...] = ()
    whistle: str | None = None
    severity: int | None = None
    promises: Mapping[str, Terms] = field(default_factory=dict)
    ladder: str | None = None
    merge: str | None = None
    tags: tuple[str, ...] = ()
    notice: Label | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """`categories`: the codes it can match, None for every one (the index and the trace use it)."""

    id: str
    label: Label
    when: Condition | None
    categories: frozenset[str] | None
    effects: Effects
    basis: str
    source: Source


@dataclass(frozen=True, slots=True)
class Case:
    """A situation and what must come out of it; absent expectations are not looked at."""

    label: str
    facts: Facts
    expect: Mapping[str, object]
    source: Source


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in their order, and the same by category: what an alert can meet at all.

    `to_lead` and `to_add` are the quick way to those of `leading` and `adding` that may hold.
    """

    rules: tuple[Rule, ...]
    also: tuple[Rule, ...]
    otherwise: Rule
    leading: Mapping[str, tuple[Rule, ...]]
    adding: Mapping[str, tuple[Rule, ...]]
    to_lead: Mapping[str, Found]
    to_add: Mapping[str, Found]
