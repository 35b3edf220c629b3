"""All that the software knows of one kind of question, as one value.

A new kind is a file here that makes one, its line in `kinds`, its words (see `Kind.words`) and
its control on the phone (`mobile_pwa/src/screens/report/questions.tsx`); tests name each missing
piece.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from dispatch.rules.language.json_schema import Json
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.unlisted import tell_unlisted
from dispatch.rules.language.values import Section, as_name, as_text
from dispatch.rules.questions.answers import Answer, Choice, ChoiceList, SentAnswer, Wording
from dispatch.rules.questions.comparisons import Comparison

CHOICES_KEY: Final = "choices"


def _as_written(answer: object, _wording: Wording) -> str:
    return str(answer)


def _own_choices(choices: ChoiceList, _units: ChoiceList) -> ChoiceList:
    return choices


@dataclass(frozen=True, slots=True)
class Kind:
    """`schema`: the keys that a playbook writes for it, beside those of every question.

    `answer` reads what was sent and gives None with the reason among the faults; `from_text` reads
    what was typed and raises UnreadableAnswerError. `say` puts one answer into words. `offer`
    gives the choices that a face shows: its own, or the units of the district. `comparisons`: the
    ways in which a rule may compare an answer; `says`: the keys of the catalogue that `say` uses.
    """

    name: str
    answer: Callable[[SentAnswer], Answer]
    from_text: Callable[[str, ChoiceList], Answer]
    comparisons: Mapping[str, Comparison]
    say: Callable[[object, Wording], str] = _as_written
    offer: Callable[[ChoiceList, ChoiceList], ChoiceList] = _own_choices
    schema: Mapping[str, Json] = field(default_factory=dict)
    says: tuple[str, ...] = ()

    def read(self, section: Section, shared: ChoiceList) -> ChoiceList:
        """The choices that a playbook writes for one question; `shared`: those of the question that
        several categories ask.
        """
        node = section.get(CHOICES_KEY)
        choices = shared if node is None else _choices(node, shared, section)
        if bool(choices) != (CHOICES_KEY in self.schema):
            section.faults.add(section.node, "choices_and_kind", kind=self.name)
        return choices

    @property
    def words(self) -> Sequence[str]:
        """The keys of the catalogue that must have words in every language."""
        compared = [f"playbook.compared.{name}" for name in self.comparisons]
        return (f"playbook.question.{self.name}", *compared, *self.says)


def _choices(node: Node, shared: ChoiceList, section: Section) -> ChoiceList:
    """Own choices as id: label, or ids out of the shared ones."""
    if isinstance(node.value, dict):
        return tuple(Choice(each, as_name(label, section.faults)) for each, label in node.items())
    known = {each.id: each for each in shared}
    items = node.value if isinstance(node.value, list) else [node]
    return tuple(_known_choice(item, known, section) for item in items)


def _known_choice(node: Node, known: Mapping[str, Choice], section: Section) -> Choice:
    choice = as_text(node, section.faults)
    if choice not in known:
        tell_unlisted(node, section.faults, choice, known, "unknown_choice")
    return known.get(choice, Choice(choice, {}))
