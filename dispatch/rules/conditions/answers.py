"""How is one answer of a form compared? One function for each way; the table is the language."""

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.facts import Answer
from dispatch.rules.conditions.tree import NOT_ASKED, All, Condition, Leaf
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import as_flag, as_list, as_number, as_text

Compare = Callable[[Answer], bool]
Choices = frozenset[str] | None


def comparison(field: str, node: Node, choices: Choices, faults: PlaybookFaults) -> Condition:
    """`urgency: danger`, `urgency: [danger, disrupts]`, or `floor: {at_least: 3, at_most: 9}`."""
    if not isinstance(node.value, dict):
        return _leaf(field, "is", node, choices, faults)
    parts: list[Condition] = []
    for key, inner in node.items():
        if key not in COMPARISONS:
            near = guess(key, COMPARISONS)
            faults.add(node.at_key(key), "unknown_comparison", seen=key, **near)
        else:
            parts.append(_leaf(field, key, inner, choices, faults))
    if not node.value:
        faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _leaf(field: str, key: str, node: Node, choices: Choices, faults: PlaybookFaults) -> Leaf:
    compare = COMPARISONS[key](node, choices, faults)

    def see(about: Circumstances) -> object:
        return about.facts.answers.get(field, NOT_ASKED)

    def holds(about: Circumstances) -> bool:
        answer = about.facts.answers.get(field)
        return answer is not None and compare(answer)

    accepts = None
    if key == "is" and choices is not None:
        accepts = frozenset(str(item.value) for item in as_list(node, faults))
    return Leaf(f"answer.{field}", {key: node.plain()}, see, holds, node, accepts)


def _is(node: Node, choices: Choices, faults: PlaybookFaults) -> Compare:
    items = as_list(node, faults)
    for item in items:
        if choices is not None and item.value not in choices:
            near = guess(item.value, choices)
            faults.add(item, "unknown_choice", seen=item.value, **near)
    wanted = frozenset(item.value for item in items if not isinstance(item.value, dict | list))

    def compare(answer: Answer) -> bool:
        if isinstance(answer, tuple):
            return not wanted.isdisjoint(answer)
        return answer in wanted and not (isinstance(answer, bool) and answer not in _flags(wanted))

    return compare


def _flags(wanted: frozenset[object]) -> list[bool]:
    """The truth values among the wanted: Python takes 1 for True, people do not."""
    return [value for value in wanted if isinstance(value, bool)]


def _starts_with(node: Node, _choices: Choices, faults: PlaybookFaults) -> Compare:
    starts = tuple(as_text(item, faults) for item in as_list(node, faults))
    return lambda answer: isinstance(answer, str) and answer.startswith(starts)


def _contains_any(node: Node, _choices: Choices, faults: PlaybookFaults) -> Compare:
    words = tuple(as_text(item, faults) for item in as_list(node, faults))
    return lambda answer: isinstance(answer, str) and any(word in answer for word in words)


def _number(test: Callable[[float, float], bool]) -> "Comparison":
    def make(node: Node, _choices: Choices, faults: PlaybookFaults) -> Compare:
        wanted = as_number(node, faults)

        def compare(answer: Answer) -> bool:
            if isinstance(answer, bool) or not isinstance(answer, (int, float)):
                return False
            return test(answer, wanted)

        return compare

    return make


def _asked(node: Node, _choices: Choices, faults: PlaybookFaults) -> Compare:
    if not as_flag(node, faults):
        faults.add(node, "asked_true_only")
    return lambda _answer: True


Comparison = Callable[[Node, Choices, PlaybookFaults], Compare]
COMPARISONS: Final[Mapping[str, Comparison]] = MappingProxyType(
    {
        "is": _is,
        "starts_with": _starts_with,
        "contains_any": _contains_any,
        "at_least": _number(operator.ge),
        "at_most": _number(operator.le),
        "more_than": _number(operator.gt),
        "less_than": _number(operator.lt),
        "asked": _asked,
    }
)
