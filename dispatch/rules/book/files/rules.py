"""Reads rules.yaml: who leads, what is added, and where everything else goes."""

from collections.abc import Mapping
from typing import Final

from dispatch.rules.book.files.effects import EFFECTS, References, read_effects
from dispatch.rules.book.rule import Rule
from dispatch.rules.book.rule_index import index
from dispatch.rules.book.rulebook import RuleBook
from dispatch.rules.conditions.operators import condition
from dispatch.rules.conditions.tree import Condition, required
from dispatch.rules.language.faults import PlaybookFaults, Source
from dispatch.rules.language.labels import Label, same_in_all
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.own_ids import as_id
from dispatch.rules.language.values import Section

OTHERWISE: Final = "otherwise"
_MAY: Final = (*(name for name in EFFECTS if name != "lead"), "basis", "label", "note")


def read_rules(root: Node, faults: PlaybookFaults, refs: References) -> RuleBook:
    section = Section(root, faults, ("rules", "otherwise"), ("also", "source"))
    seen: dict[str, Node] = {}
    rules = tuple(_rule(node, refs, seen) for node in section.items("rules"))
    also = tuple(_added(node, refs, seen) for node in section.items("also"))
    otherwise = _otherwise(section.get("otherwise") or root, refs)
    leading, adding = _by_category(rules, refs), _by_category(also, refs)
    quick = ({code: index(found) for code, found in each.items()} for each in (leading, adding))
    return RuleBook(rules, also, otherwise, leading, adding, *quick)


def _rule(node: Node, refs: References, seen: dict[str, Node]) -> Rule:
    section = Section(node, refs.vocabulary.faults, ("id", "when", "lead"), _MAY)
    return _named(section, refs, seen)


def _added(node: Node, refs: References, seen: dict[str, Node]) -> Rule:
    never = {"lead": "also_has_lead"}
    return _named(
        Section(node, refs.vocabulary.faults, ("id", "when"), _MAY, never=never), refs, seen
    )


def _named(section: Section, refs: References, seen: dict[str, Node]) -> Rule:
    node = section.node
    name = section.read("id", as_id, "")
    if name in seen or name == OTHERWISE:
        refs.vocabulary.faults.add(section.get("id") or node, "twice", seen=name)
    seen[name] = node
    when = section.get("when")
    parsed = None if when is None else condition(when, refs.vocabulary)
    return _built(name, section, refs, parsed)


def _otherwise(node: Node, refs: References) -> Rule:
    """The catch-all, which has no condition."""
    known = isinstance(node.value, dict) and node.key == OTHERWISE
    faults = refs.vocabulary.faults
    section = Section(node, faults if known else PlaybookFaults(faults.tongues), ("lead",), _MAY)
    return _built(OTHERWISE, section, refs, None)


def _built(name: str, section: Section, refs: References, when: Condition | None) -> Rule:
    tongues = section.faults.tongues
    label: Label = section.label() if "label" in section else same_in_all(name, tongues)
    basis = section.get("basis")
    section.text("note")
    return Rule(
        id=name,
        label=label,
        when=when,
        categories=_categories(when),
        effects=read_effects(section, refs),
        basis=str(basis.value) if basis and isinstance(basis.value, str) else "",
        source=Source.of(section.node),
    )


def _categories(when: Condition | None) -> frozenset[str] | None:
    """The codes that a rule can match at all; None: all codes."""
    sets = [
        leaf.accepts
        for leaf in required(when)
        if leaf.fact == "category" and leaf.accepts is not None
    ]
    return frozenset.intersection(*sets) if sets else None


def _by_category(rules: tuple[Rule, ...], refs: References) -> Mapping[str, tuple[Rule, ...]]:
    """For each code the rules that can match it, in their order."""
    by_code: dict[str, list[Rule]] = {code: [] for code in refs.categories}
    for rule in rules:
        for code in refs.categories if rule.categories is None else rule.categories:
            if code in by_code:
                by_code[code].append(rule)
    return {code: tuple(found) for code, found in by_code.items()}
