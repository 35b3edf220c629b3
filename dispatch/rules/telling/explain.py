"""How is a decision told to a person? Its trace in sentences, in the words of its playbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.rules.book.category import FormField
from dispatch.rules.book.files.effects import effects_as_json
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.conditions.operators import OPERATORS
from dispatch.rules.conditions.tree import NOT_ASKED, Miss
from dispatch.rules.deciding.engine import Decision
from dispatch.rules.deciding.trace import Considered
from dispatch.rules.questions.answers import Wording
from dispatch.rules.questions.kinds import said
from dispatch.rules.telling.effects_told import effects_told
from dispatch.rules.telling.names import name_of, tongue_of
from dispatch.translations import has, translate

_MOST_WORDS = 8
_ANSWER: Final = "answer."


def sentences(decision: Decision, playbook: Playbook, language: str) -> Iterator[str]:
    """The lead, the promises and all that comes with them, then one line for each rule considered
    and one for the others.
    """
    yield f"{decision.lead}  ({name_of(decision.lead or '', playbook, language)})"
    for clock, terms in decision.promises.items():
        yield f"  {clock}: {terms.limit}  ({terms.basis})"
    for line in _coming(decision, playbook, language):
        yield f"  {line}"
    category = decision.trace.matter.about.facts.category
    for considered in decision.trace.considered():
        yield sentence(considered, playbook, language, category)
    yield translate(language, "playbook.why.others", count=decision.trace.others)


def _coming(decision: Decision, playbook: Playbook, language: str) -> Iterator[str]:
    """What the rules do besides: nobody has to read it out of their traces."""
    if decision.needs_person:
        desk = name_of(decision.desk, playbook, language)
        lead = name_of(decision.lead or "", playbook, language)
        yield translate(language, "playbook.comes.desk", unit=desk, lead=lead)
    effects = {
        "supports": {each.unit: each.mode for each in decision.supports},
        "whistle": decision.whistle,
        "severity": decision.severity,
        "merge": decision.merge,
        "ladder": decision.ladder,
        "tags": decision.tags,
    }
    yield from effects_told(effects, playbook, language)
    for notice in decision.notices:
        yield from effects_told({"notice": notice}, playbook, language)


def decision_as_json(decision: Decision) -> dict[str, object]:
    """The decision and its whole trace, for machines."""
    return {
        "lead": decision.lead,
        "rule": decision.rule,
        "desk": decision.desk,
        "needs_person": decision.needs_person,
        "supports": {each.unit: each.mode for each in decision.supports},
        "whistle": decision.whistle,
        "severity": decision.severity,
        "life_safety": decision.life_safety,
        "promises": {
            clock: {"limit": str(terms.limit), "calendar": terms.calendar, "basis": terms.basis}
            for clock, terms in decision.promises.items()
        },
        "ladder": decision.ladder,
        "merge": decision.merge,
        "tags": list(decision.tags),
        "notices": [dict(each) for each in decision.notices],
        "trace": decision.trace.as_json(),
    }


def sentence(considered: Considered, playbook: Playbook, language: str, category: str) -> str:
    """What came of one rule: `rule lead-jtj (rules.yaml:35) matched: it decides`."""
    rule = considered.rule
    words = {
        "rule": rule.label[tongue_of(language)],
        "place": f"{rule.source.file}:{rule.source.line}",
    }
    if miss := considered.miss:
        words |= _missed(miss, playbook, language, category)
    elif considered.outcome == "added":
        added = effects_told(effects_as_json(rule.effects), playbook, language)
        words["added"] = added_words(added, language)
    return translate(language, f"playbook.why.{considered.outcome}", **words)


def added_words(parts: Sequence[str], language: str) -> str:
    """In one sentence; of a decision that was kept without its effects only that there are some."""
    between = "；" if tongue_of(language) == "zh" else "; "
    return between.join(parts) or translate(language, "playbook.comes.its_part")


def _missed(miss: Miss, playbook: Playbook, language: str, category: str) -> dict[str, str]:
    voice = Voice(playbook, language, category, miss.fact)
    return {
        "fact": voice.name,
        "seen": told(miss.seen, voice),
        "wanted": told(miss.wanted, voice),
    }


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose words, and of which fact ("street", "answer.urgency") of which category."""

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
        if has(key := f"playbook.fact.{self.fact}"):
            return translate(self.language, key)
        return self.field.label[self.short] if self.field else self.fact.removeprefix(_ANSWER)

    def word(self, value: str) -> str:
        """A day, a role, an answer, a unit: as people call it."""
        known = OPERATORS.get(self.fact)
        if known and value in known.values:
            return translate(self.language, known.values[value])
        if self.fact.startswith(_ANSWER) and (field := self.field):
            return said(value, field.kind, self._wording(field))
        return name_of(value, self.playbook, self.language)

    def _wording(self, field: FormField) -> Wording:
        return Wording(
            language=self.language,
            tongue=self.short,
            zone=ZoneInfo(self.playbook.district.timezone),
            choices=field.choices,
            unit=lambda unit: name_of(unit, self.playbook, self.language),
        )


def told(value: object, voice: Voice) -> str:
    """A seen or wanted value in words; ids by their labels."""
    if value is NOT_ASKED:
        return translate(voice.language, "playbook.not_asked")
    if value is None:
        return translate(voice.language, "playbook.unknown_value")
    if isinstance(value, bool):
        return translate(voice.language, f"playbook.why.{'yes' if value else 'no'}")
    if isinstance(value, Mapping):
        return _told_mapping(value, voice)
    if isinstance(value, list | tuple):
        return _told_list(value, voice)
    is_whole = isinstance(value, float) and value.is_integer()
    return voice.word(f"{value:.0f}" if is_whole else str(value))


def _told_mapping(value: Mapping[str, object], voice: Voice) -> str:
    if value.keys() == {"from", "to"}:
        low, high = value["from"], value["to"]
        key = "at_least" if high is None else "between"
        return translate(voice.language, f"playbook.why.{key}", low=low, high=high)
    return " ".join(_told_part(key, part, voice) for key, part in value.items())


def _told_part(key: str, part: object, voice: Voice) -> str:
    words = told(part, voice)
    if has(known := f"playbook.compared.{key}"):
        return translate(voice.language, known, wanted=words)
    return f"{key} {words}"


def _told_list(values: list[object] | tuple[object, ...], voice: Voice) -> str:
    if not values:
        return translate(voice.language, "playbook.why.none")
    comma = "、" if voice.short == "zh" else ", "
    words = comma.join(told(each, voice) for each in values[:_MOST_WORDS])
    return words + (" …" if len(values) > _MOST_WORDS else "")
