"""One rule of rules.yaml as a frozen value: when it applies and what it does."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dispatch.rules.book.terms import SupportCall, Terms
from dispatch.rules.conditions.tree import Condition
from dispatch.rules.language.faults import Source
from dispatch.rules.language.labels import Label


@dataclass(frozen=True, slots=True)
class Effects:
    """What a rule does when it matches; None or empty: nothing of that kind."""

    lead: str | None = None
    needs_person: bool = False
    supports: tuple[SupportCall, ...] = ()
    whistle: str | None = None
    severity: int | None = None
    life_safety: bool = False
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
