"""The texts that people read, by language and key."""

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("zh_Hans_CN", "en")
DEFAULT: Final = LANGUAGES[0]
_FOLDER: Final = Path(__file__).parent


class WordsMissingWarning(UserWarning):
    """A key without text, or a missing parameter. Users see the key; tests treat it as an error."""


def translate(language: str, key: str, **params: object) -> str:
    """The text of a key such as `problems.not_found`, with its {params} filled in."""
    sentence = catalogue(language).get(key) or catalogue(DEFAULT).get(key)
    if sentence is None:
        return _complain(key, key)
    try:
        return sentence.format(**params)
    except (LookupError, ValueError):
        return _complain(key, sentence)


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
            for key, words in _flat(file.stem, json.loads(file.read_text(encoding="utf-8")))
        },
    )


def best_language(wanted: Iterable[str]) -> str:
    """The first language that we have among tags like `en-GB` or `zh`, else the default."""
    by_tongue = {language[:2]: language for language in LANGUAGES}
    spoken = (by_tongue.get(tag.strip().lower()[:2]) for tag in wanted)
    return next((language for language in spoken if language), DEFAULT)


def _flat(prefix: str, words: object) -> Iterator[tuple[str, str]]:
    if isinstance(words, dict):
        for name, inner in words.items():
            yield from _flat(f"{prefix}.{name}", inner)
    else:
        yield prefix, str(words)


def _complain(key: str, shown: str) -> str:
    warnings.warn(f"no words, or a parameter missing, for {key}", WordsMissingWarning, stacklevel=3)
    return shown
