"""The words that people read, by language and key: the package's, and a city's own over them.

A language is a folder of catalogues here, or in the playbook of a city that speaks it. Labels of a
playbook name it by its tongue (`zh`), catalogues by their folder (`zh_Hans_CN`).
"""

import json
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent
_ORDER: Final[Mapping[str, Any]] = json.loads((_FOLDER / "languages.json").read_text("utf-8"))
# The language of an installation that has no playbook yet.
DEFAULT: Final[str] = _ORDER["first"]
# What stands in where a city speaks other languages and has no word of its own.
FOR_OTHERS: Final[str] = _ORDER["for_others"]
LANGUAGES: Final = (
    DEFAULT,
    *sorted({each.parent.name for each in _FOLDER.glob("*/*.json")} - {DEFAULT}),
)


def tongue_of(language: str) -> str:
    """By what labels call a language: `zh` for `zh_Hans_CN`."""
    return language.partition("_")[0].lower()


# What is filled in; a brace of a city's own words is written twice.
_GAP: Final = re.compile(r"\{\{|\}\}|\{(\w+)\}")
TONGUES: Final = tuple(map(tongue_of, LANGUAGES))


def language_of(tongue: str) -> str:
    """The package's language of a tongue; the tongue itself where the package has none."""
    return dict(zip(TONGUES, LANGUAGES, strict=True)).get(tongue, tongue)


def is_full_width(tongue: str) -> bool:
    """Whether its signs are as wide as its characters: ＊ beside them, not *."""
    return language_of(tongue) in _ORDER["full_width"]


class WordsMissingWarning(UserWarning):
    """A key without text, or a missing parameter. Users see the key; tests treat it as an error."""


@dataclass(frozen=True)
class CityWords:
    """What a city speaks. `languages`: its own first; `over`: by language and key the words that it
    says otherwise than the package, or in a language that the package does not have.
    """

    languages: tuple[str, ...] = LANGUAGES
    over: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


PACKAGE_WORDS: Final = CityWords()
_CITY: ContextVar[CityWords] = ContextVar("city_words", default=PACKAGE_WORDS)


@contextmanager
def speaking(city: CityWords) -> Iterator[None]:
    """Within it everything is said in the city's own words."""
    before = _CITY.set(city)
    try:
        yield
    finally:
        _CITY.reset(before)


def spoken_languages() -> tuple[str, ...]:
    """The languages of the city, its own first."""
    return _CITY.get().languages


def knows_a_city() -> bool:
    """Whether a city's words are at hand, and not the package's alone."""
    return _CITY.get() is not PACKAGE_WORDS


def own_language() -> str:
    """The city's own language: what goes to everybody is said in it."""
    return _CITY.get().languages[0]


def translate(language: str, key: str, **params: object) -> str:
    """The words of `problems.not_found` and the like, with their {params} filled in.

    Nothing else in a sentence is looked at: a city writes its own, and no format of Python's.
    """
    sentence = said(language, key)
    if sentence is None:
        return _complain(key, key)
    try:
        return _GAP.sub(lambda gap: str(params[gap[1]]) if gap[1] else gap[0][0], sentence)
    except LookupError:
        return _complain(key, sentence)


def said(language: str, key: str) -> str | None:
    """The sentence of a key: in this language, else in the first of the city's that has it."""
    city = _CITY.get()
    for each in (language, *city.languages, FOR_OTHERS, DEFAULT):
        if found := city.over.get(each, {}).get(key) or catalogue(each).get(key):
            return found
    return None


def has_words(key: str) -> bool:
    return key in catalogue(DEFAULT)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language, flat: {"problems.not_found": …}; empty for an unknown language."""
    if language not in LANGUAGES:
        return MappingProxyType({})
    files = sorted((_FOLDER / language).glob("*.json"))
    return MappingProxyType(
        {
            key: words
            for file in files
            for key, words in flat(file.stem, json.loads(file.read_text(encoding="utf-8")))
        },
    )


def best_language(wanted: Iterable[str], otherwise: str = "") -> str:
    """The first of the city's languages among tags like `en-GB` or `zh`, else its own or another
    one.
    """
    by_tongue = {tongue_of(language): language for language in spoken_languages()}
    asked = (tag.strip().lower().replace("-", "_").partition("_")[0] for tag in wanted)
    spoken = (by_tongue.get(tongue) for tongue in asked)
    return next((each for each in spoken if each), otherwise or own_language())


def flat(prefix: str, words: object) -> Iterator[tuple[str, str]]:
    """Nested words by their whole keys."""
    if isinstance(words, dict):
        for name, inner in words.items():
            yield from flat(f"{prefix}.{name}" if prefix else name, inner)
    else:
        yield prefix, str(words)


def _complain(key: str, shown: str) -> str:
    warnings.warn(f"no words, or a parameter missing, for {key}", WordsMissingWarning, stacklevel=3)
    return shown
