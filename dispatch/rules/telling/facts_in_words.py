"""What a condition saw and what it wanted, in the words of the city and of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.rules.book.category import FormField
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.conditions.tree import NOT_ASKED
from dispatch.rules.questions.answers import Wording
from dispatch.rules.questions.kinds import answer_in_words
from dispatch.rules.telling.names import name_of
from dispatch.translations import has_words, tongue_of, translate

_MOST_WORDS = 8


_ANSWER: Final = "answer."


@dataclass(frozen=True, slots=True)
class FactWording:
    """The words for one fact ("street", "answer.urgency") of one category, in one language."""

    playbook: Playbook
    language: str
    category: str
    fact: str

    @property
    def short(self) -> str:
        return tongue_of(self.language)

    @property
    def field(self) -> FormField | None:
        """The question that an answer answers, as far as the playbook still asks it."""
        category = self.playbook.categories.get(self.category)
        name = self.fact.removeprefix(_ANSWER)
        return (
            next((each for each in category.fields if each.name == name), None)
            if category
            else None
        )

    @property
    def name(self) -> str:
        if has_words(key := f"playbook.fact.{self.fact}"):
            return translate(self.language, key)
        return self.field.label[self.short] if self.field else self.fact.removeprefix(_ANSWER)

    def word(self, value: str) -> str:
        """A day, a role, an answer, a unit: as people call it."""
        known = OPERATORS.get(self.fact)
        if known and value in known.values:
            return translate(self.language, known.values[value])
        if self.fact.startswith(_ANSWER) and (field := self.field):
            return answer_in_words(value, field.kind, self._wording(field))
        return name_of(value, self.playbook, self.language)

    def _wording(self, field: FormField) -> Wording:
        return Wording(
            language=self.language,
            tongue=self.short,
            zone=ZoneInfo(self.playbook.district.timezone),
            choices=field.choices,
            unit=lambda unit: name_of(unit, self.playbook, self.language),
        )


def value_in_words(value: object, wording: FactWording) -> str:
    """A seen or wanted value in words; ids by their labels."""
    if value is NOT_ASKED:
        return translate(wording.language, "playbook.not_asked")
    if value is None:
        return translate(wording.language, "playbook.unknown_value")
    if isinstance(value, bool):
        return translate(wording.language, f"playbook.why.{'yes' if value else 'no'}")
    if isinstance(value, Mapping):
        return _mapping_in_words(value, wording)
    if isinstance(value, list | tuple):
        return _list_in_words(value, wording)
    is_whole = isinstance(value, float) and value.is_integer()
    return wording.word(f"{value:.0f}" if is_whole else str(value))


def _mapping_in_words(value: Mapping[str, object], wording: FactWording) -> str:
    if value.keys() == {"from", "to"}:
        low, high = value["from"], value["to"]
        key = "at_least" if high is None else "between"
        return translate(wording.language, f"playbook.why.{key}", low=low, high=high)
    return " ".join(_part_in_words(key, part, wording) for key, part in value.items())


def _part_in_words(key: str, part: object, wording: FactWording) -> str:
    words = value_in_words(part, wording)
    if has_words(known := f"playbook.compared.{key}"):
        return translate(wording.language, known, wanted=words)
    return f"{key} {words}"


def _list_in_words(values: list[object] | tuple[object, ...], wording: FactWording) -> str:
    if not values:
        return translate(wording.language, "playbook.why.none")
    comma = translate(wording.language, "words.format.comma")
    words = comma.join(value_in_words(each, wording) for each in values[:_MOST_WORDS])
    return words + (" …" if len(values) > _MOST_WORDS else "")
