"""All rules of a playbook in their order, the quick way to those that can hold, and its cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rule_index import RuleIndex
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.language.faults import Source


@dataclass(frozen=True, slots=True)
class PlaybookCase:
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
    to_lead: Mapping[str, RuleIndex]
    to_add: Mapping[str, RuleIndex]
