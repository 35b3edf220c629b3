"""How is a category's form written? Its questions, in the order in which people meet them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from dispatch.rules.book.playbook import Choice, FormField
from dispatch.rules.conditions.operators import Scope, condition
from dispatch.rules.conditions.tree import Condition
from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Label, Section, as_label, as_text, entries

KINDS: Final = ("text", "number", "choice", "choices", "yes_no", "date_time", "unit")
_WITH_CHOICES: Final = frozenset({"choice", "choices"})


@dataclass(frozen=True, slots=True)
class Question:
    """A question that several categories ask in the same words."""

    kind: str
    label: Label
    choices: Mapping[str, Label]


def read_questions(node: Node | None, faults: PlaybookFaults) -> Mapping[str, Question]:
    questions: dict[str, Question] = {}
    for name, body in entries(node, faults):
        section = Section(body, faults, ("kind", "label"), ("choices",))
        choices = {
            choice: as_label(label, faults)
            for choice, label in entries(section.get("choices"), faults)
        }
        kind = section.choice("kind", KINDS, "field_kind", "text")
        questions[name] = Question(kind, section.label(), choices)
    return questions


def read_form(
    node: Node | None, questions: Mapping[str, Question], scope: Scope
) -> tuple[FormField, ...]:
    """The fields of `form:`; a later field may be shown by the answers to earlier ones."""
    fields: list[FormField] = []
    for name, body in entries(node, scope.faults):
        fields.append(_field(name, body, questions, replace(scope, fields=_asked(fields))))
    return tuple(fields)


def _asked(fields: list[FormField]) -> dict[str, frozenset[str] | None]:
    return {
        field.name: frozenset(choice.id for choice in field.choices) or None for field in fields
    }


def _field(name: str, node: Node, questions: Mapping[str, Question], scope: Scope) -> FormField:
    shared = questions.get(name)
    own = () if shared else ("kind", "label")
    may = ("kind", "label", "required", "choices", "shown_when")
    section = Section(node, scope.faults, own, may)
    kind = section.choice("kind", KINDS, "field_kind", shared.kind if shared else "text")
    choices = _choices(section.get("choices"), shared, scope.faults)
    if bool(choices) != (kind in _WITH_CHOICES):
        scope.faults.add(node, "choices_and_kind", kind=kind)
    return FormField(
        name=name,
        kind=kind,
        label=section.label() if "label" in section or shared is None else shared.label,
        required=section.flag("required"),
        choices=choices,
        shown_when=_shown_when(section, scope),
    )


def _shown_when(section: Section, scope: Scope) -> Condition | None:
    node = section.get("shown_when")
    return None if node is None else condition(node, scope)


def _choices(
    node: Node | None, shared: Question | None, faults: PlaybookFaults
) -> tuple[Choice, ...]:
    """Own choices as id: label, or ids out of the shared question's; all of those by default."""
    known = shared.choices if shared else {}
    if node is None:
        return tuple(Choice(choice, label) for choice, label in known.items())
    if isinstance(node.value, dict):
        return tuple(Choice(choice, as_label(label, faults)) for choice, label in node.items())
    return tuple(_known_choice(item, known, faults) for item in _items(node))


def _items(node: Node) -> list[Node]:
    return node.value if isinstance(node.value, list) else [node]


def _known_choice(node: Node, known: Mapping[str, Label], faults: PlaybookFaults) -> Choice:
    choice = as_text(node, faults)
    if choice not in known:
        faults.add(node, "unknown_choice", seen=choice, **guess(choice, known))
    return Choice(choice, known.get(choice, {}))
