"""The table of effects: how what a rule does is written, read, and kept with a decision.

To add one: a field of `Effects`, its row here, what the engine makes of it, and its words in
`telling/effects_in_words`. Tests name each missing piece.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.supports import INFORMED, RULE_MODES
from dispatch.rules.book.files.limits import (
    BASES,
    PROMISES,
    SEVERITY,
    PromiseNames,
    read_promises,
    read_severity,
)
from dispatch.rules.book.rule import Effects
from dispatch.rules.book.terms import THE_STREET, SupportCall, Terms, terms_as_text
from dispatch.rules.conditions.facts import WHISTLES
from dispatch.rules.conditions.operators import Vocabulary
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.json_schema import (
    FLAG,
    LABEL,
    TEXT,
    Json,
    enum_of,
    rows,
    section,
    several,
)
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_text
from dispatch.rules.language.values import one_of as read_one_of

MERGES: Final = ("propose", "auto")
_CALLED: Final = {"mode": enum_of(RULE_MODES), "promises": PROMISES, "basis": BASES}
_HELPER: Final = {"anyOf": [TEXT, section({"unit": TEXT}, _CALLED)]}


@dataclass(frozen=True, slots=True)
class References:
    """What rules may name beside the facts of their conditions."""

    vocabulary: Vocabulary
    names: PromiseNames
    ladders: Iterable[str]
    categories: tuple[str, ...]

    @property
    def units(self) -> set[str]:
        return {*self.vocabulary.units, THE_STREET}


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """One key of a rule. `read`: its value, the one of no effect where the key is absent;
    `schema`: what may be written; `kept`: what of the value is kept with a decision, None: all.
    """

    read: Callable[[Section, References], Any]
    schema: Json
    kept: Callable[[Any], object] | None = None


def read_effects(rule: Section, refs: References) -> Effects:
    """What a rule does."""
    return Effects(**{name: effect.read(rule, refs) for name, effect in EFFECTS.items()})


def effects_as_json(effects: Effects) -> Json:
    """Only what the effects do."""
    values = zip(_KEPT, _VALUES(effects), strict=True)
    return {name: kept(value) if kept else value for (name, kept), value in values if value}


def _lead(rule: Section, refs: References) -> str | None:
    return rule.reference("lead", refs.units, "unit")


def _supports(rule: Section, refs: References) -> tuple[SupportCall, ...]:
    lead = rule.text("lead") if "lead" in rule else None
    found = [(node, _support(node, rule.faults, refs)) for node in rule.items("supports")]
    for node, call in found:
        if call.unit and call.unit == lead:
            rule.faults.doubt(node, "support_leads", unit=lead)
    return tuple(call for _, call in found)


def _support(node: Node, faults: PlaybookFaults, refs: References) -> SupportCall:
    """A unit alone is informed; `{unit: CGJ, mode: required}` must come, by limits of its own
    where it has `promises`.
    """
    if not isinstance(node.value, dict):
        return SupportCall(read_one_of(node, faults, refs.units, "unit"), INFORMED)
    call = Section(node, faults, ("unit",), tuple(_CALLED))
    unit = call.reference("unit", refs.units, "unit") or ""
    mode = call.choice("mode", RULE_MODES, "mode", INFORMED)
    return SupportCall(unit, mode, read_promises(call, refs.names))


def _supports_kept(supports: tuple[SupportCall, ...]) -> dict[str, object]:
    """By unit how it helps; with its own limits where it has some."""
    return {
        each.unit: {"mode": each.mode, "promises": _promises_kept(each.promises)}
        if each.promises
        else each.mode
        for each in supports
    }


def _severity(rule: Section, _refs: References) -> int | None:
    return read_severity(rule) if "severity" in rule else None


def _life_safety(rule: Section, _refs: References) -> bool:
    """Rules raise it, and never lower it."""
    node = rule.get("life_safety")
    if node is not None and node.value is False:
        rule.faults.add(node, "never_lowers")
    return rule.flag("life_safety")


def _promises(rule: Section, refs: References) -> Mapping[str, Terms]:
    return read_promises(rule, refs.names)


def _promises_kept(promises: Mapping[str, Terms]) -> dict[str, str]:
    return {clock: terms_as_text(terms) for clock, terms in promises.items()}


EFFECTS: Final[Mapping[str, RuleEffect]] = MappingProxyType(
    {
        "lead": RuleEffect(_lead, TEXT),
        "needs_person": RuleEffect(lambda rule, _: rule.flag("needs_person"), FLAG),
        "supports": RuleEffect(
            _supports,
            {"anyOf": [TEXT, rows(_HELPER)]},
            _supports_kept,
        ),
        "whistle": RuleEffect(
            lambda rule, _: rule.reference("whistle", WHISTLES, "whistle"), enum_of(WHISTLES)
        ),
        "severity": RuleEffect(_severity, SEVERITY),
        "life_safety": RuleEffect(_life_safety, {"const": True}),
        "promises": RuleEffect(_promises, PROMISES, _promises_kept),
        "ladder": RuleEffect(
            lambda rule, refs: rule.reference("ladder", refs.ladders, "ladder"), TEXT
        ),
        "merge": RuleEffect(
            lambda rule, _: rule.reference("merge", MERGES, "merge"), enum_of(MERGES)
        ),
        "tags": RuleEffect(
            lambda rule, _: tuple(as_text(node, rule.faults) for node in rule.items("tags")),
            several(TEXT),
            list,
        ),
        "notice": RuleEffect(
            lambda rule, _: rule.label("notice") if "notice" in rule else None,
            LABEL,
            dict,
        ),
    }
)
# Every stored decision asks for these, so they are looked up once.
_KEPT: Final = tuple((name, effect.kept) for name, effect in EFFECTS.items())
_VALUES: Final = attrgetter(*EFFECTS)
