"""The form of a category as categories.yaml writes it: its questions in the order of asking."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dispatch.rules.book.category import FormField
from dispatch.rules.conditions.operators import Vocabulary, condition
from dispatch.rules.conditions.tree import Condition
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.labels import Label
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Section, as_name, entries
from dispatch.rules.questions.answers import Choice, ChoiceList
from dispatch.rules.questions.kind import CHOICES_KEY
from dispatch.rules.questions.kinds import KINDS, WRITTEN

_USUAL_KIND = "text"


@dataclass(frozen=True, slots=True)
class SharedQuestion:
    """A question that several categories ask in the same words."""

    kind: str
    label: Label
    choices: ChoiceList


def read_questions(node: Node | None, faults: PlaybookFaults) -> Mapping[str, SharedQuestion]:
    """The shared questions by the name under which forms ask them."""
    questions: dict[str, SharedQuestion] = {}
    for name, body in entries(node, faults):
        section = Section(body, faults, ("kind", "label"), (CHOICES_KEY,))
        choices = tuple(
            Choice(choice, as_name(label, faults))
            for choice, label in entries(section.get(CHOICES_KEY), faults)
        )
        kind = section.choice("kind", KINDS, "field_kind", _USUAL_KIND)
        questions[name] = SharedQuestion(kind, section.label(), choices)
    return questions


def read_form(
    node: Node | None, questions: Mapping[str, SharedQuestion], vocabulary: Vocabulary
) -> tuple[FormField, ...]:
    """The fields of `form:`; a later field may be shown by the answers to earlier ones."""
    fields: list[FormField] = []
    for name, body in entries(node, vocabulary.faults):
        earlier = replace(vocabulary, fields=_asked(fields))
        fields.append(_field(name, body, questions.get(name), earlier))
    return tuple(fields)


def _asked(fields: list[FormField]) -> dict[str, frozenset[str] | None]:
    return {
        field.name: frozenset(choice.id for choice in field.choices) or None for field in fields
    }


def _field(
    name: str, node: Node, shared: SharedQuestion | None, vocabulary: Vocabulary
) -> FormField:
    own = () if shared else ("kind", "label")
    may = ("kind", "label", "required", *WRITTEN, "shown_when")
    section = Section(node, vocabulary.faults, own, may)
    usual = shared.kind if shared else _USUAL_KIND
    kind = section.choice("kind", KINDS, "field_kind", usual)
    known = KINDS.get(kind)
    return FormField(
        name=name,
        kind=kind,
        label=section.label() if "label" in section or shared is None else shared.label,
        required=section.flag("required"),
        choices=known.read(section, shared.choices if shared else ()) if known else (),
        shown_when=_shown_when(section, vocabulary),
    )


def _shown_when(section: Section, vocabulary: Vocabulary) -> Condition | None:
    node = section.get("shown_when")
    return None if node is None else condition(node, vocabulary)
