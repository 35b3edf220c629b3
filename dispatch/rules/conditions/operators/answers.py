"""The condition about the answers to a form: each is compared in the ways of its kind."""

from typing import Final

from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.conditions.operators.table import Vocabulary, operator, refuse_empty
from dispatch.rules.conditions.tree import NOT_ASKED, All, Condition, Leaf
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.json_schema import section, table
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import as_list, entries
from dispatch.rules.questions.comparisons import SCALAR, Known
from dispatch.rules.questions.kinds import COMPARISONS

_WAYS: Final = section(may={name: way.schema for name, way in COMPARISONS.items()})
_COMPARED: Final = {"anyOf": [*SCALAR["anyOf"], _WAYS | {"minProperties": 1}]}


@operator(table(_COMPARED))
def answer(node: Node, vocabulary: Vocabulary) -> Condition:
    """Answers to the form's questions; several are joined by `all`."""
    faults, fields = vocabulary.faults, vocabulary.fields
    parts: list[Condition] = []
    for name, wanted in entries(node, faults):
        if name not in fields:
            near = guess(name, fields)
            faults.add(node.at_key(name), "unknown_field", seen=name, **near)
        parts.append(_comparison(name, wanted, fields.get(name), faults))
    if isinstance(node.value, dict) and not parts:
        faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _comparison(field: str, node: Node, known: Known, faults: PlaybookFaults) -> Condition:
    """`urgency: danger`, `urgency: [danger, disrupts]`, or `floor: {at_least: 3, at_most: 9}`."""
    if not isinstance(node.value, dict):
        return _leaf(field, "is", node, known, faults)
    parts: list[Condition] = []
    for key, inner in node.items():
        if key not in COMPARISONS:
            near = guess(key, COMPARISONS)
            faults.add(node.at_key(key), "unknown_comparison", seen=key, **near)
        else:
            parts.append(_leaf(field, key, inner, known, faults))
    if not node.value:
        faults.add(node, "empty_condition")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _leaf(field: str, key: str, node: Node, known: Known, faults: PlaybookFaults) -> Leaf:
    compare = COMPARISONS[key].read(node, known, faults)
    refuse_empty(node, faults)

    def see(about: Circumstances) -> object:
        return about.facts.answers.get(field, NOT_ASKED)

    def holds(about: Circumstances) -> bool:
        answer = about.facts.answers.get(field)
        return answer is not None and compare(answer)

    accepts = None
    if key == "is" and known is not None:
        accepts = frozenset(str(item.value) for item in as_list(node, faults))
        if len(known) > 1 and accepts >= known:
            faults.doubt(node, "every_choice", question=field)
    return Leaf(f"answer.{field}", {key: node.plain()}, see, holds, node, accepts)
