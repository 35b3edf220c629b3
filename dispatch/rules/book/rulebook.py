"""All rules of a playbook in their order, with an index of those that can match, and its cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rule_index import RuleIndex
from dispatch.rules.conditions.facts import Facts
from dispatch.rules.language.faults import Source


@dataclass(frozen=True, slots=True)
class PlaybookCase:
    """Facts of an alert and what must be decided about it; only what `expect` has is compared."""

    label: str
    facts: Facts
    expect: Mapping[str, object]
    source: Source


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in their order; `leading` and `adding` have by category those that can match it.

    `to_lead` and `to_add` are the indexes of `leading` and `adding`.
    """

    rules: tuple[Rule, ...]
    also: tuple[Rule, ...]
    otherwise: Rule
    leading: Mapping[str, tuple[Rule, ...]]
    adding: Mapping[str, tuple[Rule, ...]]
    to_lead: Mapping[str, RuleIndex]
    to_add: Mapping[str, RuleIndex]
