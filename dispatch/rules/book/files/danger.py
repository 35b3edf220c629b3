"""Reads what a district and its kinds say about danger: numbers, life words, accusations."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from dispatch.rules.book.district import Accusations, EmergencyNumber
from dispatch.rules.book.heard import (
    CLOSE,
    NO_DENIALS,
    OPEN,
    OR,
    PARTED,
    RAISES,
    WITHIN,
    Denials,
    HeardWords,
    LifeWords,
    WrittenWord,
    WrittenWords,
    pattern_of,
)
from dispatch.rules.language.faults import PlaybookFaults, Source, guess
from dispatch.rules.language.json_schema import (
    LABEL,
    TEXT,
    Json,
    enum_of,
    rows,
    section,
    several,
    table,
)
from dispatch.rules.language.labels import Label
from dispatch.rules.language.nodes import Node
from dispatch.rules.language.said import remark_quoted
from dispatch.rules.language.values import Section, as_list, as_text, entries
from dispatch.rules.language.values import one_of as read_one_of

_DIGITS: Final = re.compile(r"\+?[0-9][0-9 -]{1,18}", re.ASCII)
_PHONE: Final[Json] = {"type": "string", "pattern": f"^{_DIGITS.pattern}$"}
_NUMBER: Final[Json] = section({"number": _PHONE, "label": LABEL}, {"sentence": LABEL})
_TEXTS: Final[Json] = several(TEXT)
_DENIALS: Final = ("before", "after", "calm", "turns")
_GROUP: Final = re.compile("<([^<>]+)>")
# What an author may write under these keys of district.yaml.
DANGER_KEYS: Final[Json] = {
    "hotlines": rows(_NUMBER),
    "danger": section(may=dict.fromkeys(("title", "hint", "go_on"), LABEL)),
    "word_groups": table(_TEXTS),
    "denials": section(may=dict.fromkeys(_DENIALS, _TEXTS)),
    "life_words": rows(
        section(
            {"words": _TEXTS},
            {"raises": enum_of(RAISES), **dict.fromkeys(("shows", "unless", "calm"), _TEXTS)},
        )
    ),
    "accusations": section(
        {"words": _TEXTS, "number": _PHONE, "label": LABEL},
        {"unless": _TEXTS, **dict.fromkeys(("sentence", "title", "hint"), LABEL)},
    ),
}
NUMBERS: Final[Json] = rows(_NUMBER)
# The numbers of a category: those of the district by their digits, or its own.
OWN_NUMBERS: Final[Json] = several({"anyOf": [TEXT, _NUMBER]})


def read_number(node: Node, faults: PlaybookFaults) -> EmergencyNumber:
    part = Section(node, faults, ("number", "label"), ("sentence",))
    return _number(part)


def _number(part: Section) -> EmergencyNumber:
    number, written = part.text("number"), part.get("number")
    if written is not None and not _DIGITS.fullmatch(number):
        part.faults.remark(written, "not_phone_number", seen=number)
    return EmergencyNumber(number, part.label(), optional_label(part, "sentence"))


def optional_label(part: Section, key: str) -> Label | None:
    """A label, or None where nothing is written."""
    return part.label(key) if key in part else None


class WordGroups(NamedTuple):
    """Words that do equally well, by the name of their group: `<人>` stands for any of them."""

    joined: Mapping[str, str]
    written: WrittenWords


def read_word_groups(district: Section) -> WordGroups:
    groups: dict[str, str] = {}
    written: list[WrittenWord] = []
    for name, node in entries(district.get("word_groups"), district.faults):
        words = _written_out(node, district.faults, groups)
        groups[name] = OR.join(each.text for each in words)
        written += words
    return WordGroups(groups, WrittenWords(written))


def read_life_words(district: Section, numbers: Collection[str], groups: WordGroups) -> LifeWords:
    """The lists under `life_words`; `denials` says once for all of them what makes a word harmless:
    words right `before` it, `after` it in its sentence, or `calm` anywhere before the next turn.
    """
    part = district.part("denials", may=_DENIALS)
    said = {key: _words(part, key, groups) for key in _DENIALS}
    written = WrittenWords((*groups.written, *(each for words in said.values() for each in words)))
    before = _pattern(said.pop("before"), WITHIN)
    denials = Denials(before, **{key: _pattern(words) for key, words in said.items()})
    lists: list[HeardWords] = []
    for node in district.items("life_words"):
        part = Section(node, district.faults, ("words",), ("raises", "shows", "unless", "calm"))
        part.choice("raises", RAISES, "raise", RAISES[0])
        lists.append(_heard(part, groups, denials, _shown(part, numbers)))
    return LifeWords(tuple(lists), denials, written)


def read_accusations(district: Section, groups: WordGroups) -> Accusations | None:
    node = district.get("accusations")
    if node is None:
        return None
    may = ("unless", "sentence", "title", "hint")
    part = Section(node, district.faults, ("words", "number", "label"), may)
    told = (optional_label(part, key) for key in ("title", "hint"))
    return Accusations(_heard(part, groups, NO_DENIALS, ()), _number(part), *told)


def _shown(part: Section, numbers: Collection[str]) -> tuple[str, ...]:
    known = tuple(numbers)
    return tuple(read_one_of(node, part.faults, known, "number") for node in part.items("shows"))


def _heard(
    part: Section, groups: WordGroups, denials: Denials, shows: tuple[str, ...]
) -> HeardWords:
    said = {key: _words(part, key, groups) for key in ("words", "unless", "calm")}
    pattern = _pattern(said["words"])
    if not pattern:
        part.faults.add(part.get("words") or part.node, "empty_list")
        pattern = r"(?!)"  # hears nothing: an empty pattern would hear everything
    unless, calm = _pattern(said["unless"], WITHIN), _pattern(said["calm"])
    written = WrittenWords(each for words in said.values() for each in words)
    return HeardWords(pattern, unless, shows, Source.of(part.node), denials, calm, written)


def _pattern(words: Iterable[WrittenWord], gap: str = PARTED) -> str:
    return pattern_of((each.text for each in words), gap)


def _words(part: Section, key: str, groups: WordGroups) -> tuple[WrittenWord, ...]:
    node = part.get(key)
    return () if node is None else _written_out(node, part.faults, groups.joined, key)


def _written_out(
    node: Node, faults: PlaybookFaults, groups: Mapping[str, str], key: str = "word_groups"
) -> tuple[WrittenWord, ...]:
    """The words of a list, each `<group>` in them replaced by the words of that group."""
    written: list[WrittenWord] = []
    for item in as_list(node, faults):
        remark_quoted(item, faults)
        word = seen = as_text(item, faults)
        for name in _GROUP.findall(word):
            if name not in groups:
                faults.add(item, "unknown_words", seen=name, **guess(name, groups))
            word = word.replace(f"<{name}>", f"{OPEN}{groups.get(name, name)}{CLOSE}")
        written.append(WrittenWord(key, seen, word, Source.of(item)))
    return tuple(written)
