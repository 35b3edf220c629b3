"""Reads what a district and its kinds say about danger: numbers, life words, accusations."""

from collections.abc import Collection
from typing import Final

from dispatch.rules.book.district import Accusations, EmergencyNumber
from dispatch.rules.book.heard import (
    RAISES,
    HeardWords,
    LifeWords,
    pattern_of,
    starts_of,
    unless_of,
)
from dispatch.rules.language.faults import PlaybookFaults, Source
from dispatch.rules.language.json_schema import LABEL, TEXT, Json, enum_of, rows, section, several
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.values import Label, Section
from dispatch.rules.language.values import one_of as read_one_of

_NUMBER: Final[Json] = section({"number": TEXT, "label": LABEL}, {"sentence": LABEL})
_TEXTS: Final[Json] = several(TEXT)
# What an author may write under these keys of district.yaml.
DANGER_KEYS: Final[Json] = {
    "hotlines": rows(_NUMBER),
    "danger": section(may=dict.fromkeys(("title", "hint", "go_on"), LABEL)),
    "denials": section(may={"before": _TEXTS, "after": _TEXTS}),
    "life_words": rows(
        section({"words": _TEXTS}, {"raises": enum_of(RAISES), "shows": _TEXTS, "unless": _TEXTS})
    ),
    "accusations": section(
        {"words": _TEXTS, "number": TEXT, "label": LABEL},
        {"unless": _TEXTS, **dict.fromkeys(("sentence", "title", "hint"), LABEL)},
    ),
}
NUMBERS: Final[Json] = rows(_NUMBER)
# The numbers of a category: those of the district by their digits, or its own.
OWN_NUMBERS: Final[Json] = several({"anyOf": [TEXT, _NUMBER]})


def read_number(node: Node, faults: PlaybookFaults) -> EmergencyNumber:
    part = Section(node, faults, ("number", "label"), ("sentence",))
    return EmergencyNumber(part.text("number"), part.label(), optional_label(part, "sentence"))


def optional_label(part: Section, key: str) -> Label | None:
    """A label, or None where nothing is written."""
    return part.label(key) if key in part else None


def read_life_words(district: Section, numbers: Collection[str]) -> LifeWords:
    """The lists under `life_words`; `denials` says once for all of them what makes a word harmless:
    words right `before` it, and words `after` it in its sentence.
    """
    denials = district.part("denials", may=("before", "after"))
    before, after = denials.texts("before"), pattern_of(denials.texts("after"))
    lists: list[HeardWords] = []
    words: list[str] = []
    for node in district.items("life_words"):
        part = Section(node, district.faults, ("words",), ("raises", "shows", "unless"))
        part.choice("raises", RAISES, "raise", RAISES[0])
        words += part.texts("words")
        lists.append(_heard(part, before, after, _shown(part, numbers)))
    return LifeWords(tuple(lists), starts_of(words))


def read_accusations(district: Section) -> Accusations | None:
    node = district.get("accusations")
    if node is None:
        return None
    may = ("unless", "sentence", "title", "hint")
    part = Section(node, district.faults, ("words", "number", "label"), may)
    channel = EmergencyNumber(part.text("number"), part.label(), optional_label(part, "sentence"))
    told = (optional_label(part, key) for key in ("title", "hint"))
    return Accusations(_heard(part, (), "", ()), channel, *told)


def _shown(part: Section, numbers: Collection[str]) -> tuple[str, ...]:
    known = tuple(numbers)
    return tuple(read_one_of(node, part.faults, known, "number") for node in part.items("shows"))


def _heard(
    part: Section, before: tuple[str, ...], after: str, shows: tuple[str, ...]
) -> HeardWords:
    pattern = pattern_of(part.texts("words"))
    if not pattern:
        part.faults.add(part.get("words") or part.node, "empty_list")
        pattern = r"(?!)"  # hears nothing: an empty pattern would hear everything
    unless = unless_of(pattern, part.texts("unless"), before, after)
    return HeardWords(pattern, unless, shows, Source.of(part.node))
