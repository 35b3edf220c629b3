"""What a city says in its own words: its terms in the package's sentences, its words over them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from dispatch.rules.book.playbook import Playbook
from dispatch.shapes.words import OwnWords, SpokenLanguage
from dispatch.translations import CityWords, catalogue, language_of, tongue_of

_TERMS: Final = "terms."
_OF_FACES: Final = ("words.", "phone.", "console.")


@lru_cache(maxsize=16)
def city_words(playbook: Playbook) -> CityWords:
    """The city's languages and, for each, the sentences that it says otherwise."""
    tongues = playbook.district.languages
    languages = {tongue: language_of(tongue) for tongue in tongues}
    over = {
        language: {
            **_with_terms(language, terms_of(playbook, tongue)),
            **own_words(playbook, tongue),
        }
        for tongue, language in languages.items()
    }
    return CityWords(tuple(languages.values()), over)


def words_for_faces(playbook: Playbook, tongue: str) -> OwnWords:
    """What phone and console lay over the words that they were built with."""
    city = city_words(playbook)
    spoken = tongue if tongue in playbook.district.languages else playbook.district.language
    every = own_words(playbook, spoken).items()
    return {
        "version": playbook.hash,
        "tongue": spoken,
        "languages": [_spoken(each, city) for each in city.languages],
        "zone": playbook.district.timezone,
        "terms": terms_of(playbook, spoken),
        "words": {key: words for key, words in every if key.startswith(_OF_FACES)},
    }


def _spoken(language: str, city: CityWords) -> SpokenLanguage:
    """A language without words for its own name is called by its tongue."""
    key, tongue = "words.language", tongue_of(language)
    name = city.over[language].get(key) or catalogue(language).get(key) or tongue
    return {"tongue": tongue, "code": language, "name": name}


def own_words(playbook: Playbook, tongue: str) -> dict[str, str]:
    """What the playbook's own catalogues say in a tongue."""
    return dict(playbook.words.get(tongue, {}))


def terms_of(playbook: Playbook, tongue: str) -> dict[str, str]:
    """The package's word for each term that the city calls otherwise, and the city's word."""
    words = catalogue(language_of(tongue))
    pairs = {
        words[f"{_TERMS}{term}"]: label[tongue]
        for term, label in playbook.labels.items()
        if f"{_TERMS}{term}" in words
    }
    return {word: own for word, own in pairs.items() if word != own}


def _with_terms(language: str, terms: Mapping[str, str]) -> dict[str, str]:
    if not terms:
        return {}
    changed = {key: with_terms(words, terms) for key, words in catalogue(language).items()}
    return {key: words for key, words in changed.items() if words != catalogue(language)[key]}


def with_terms(sentence: str, terms: Mapping[str, str]) -> str:
    """The sentence with the city's words in place of the package's. A word in Latin letters is
    taken whole, in its plural and with a small letter too; {parameters}, ids and names of files
    stay. So do the faces.
    """
    own = {word.lower(): _plain(instead) for word, instead in terms.items()}

    def say(found: re.Match[str]) -> str:
        word, plural = found[1], found[2] or ""
        if word is None:
            return found[0]
        instead = own[word.lower()]
        return (instead if word[0].isupper() else instead[:1].lower() + instead[1:]) + plural

    return _pattern(tuple(terms)).sub(say, sentence)


def _plain(word: str) -> str:
    """Braces of a term are no parameters."""
    return word.replace("{", "{{").replace("}", "}}")


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Parameters first, so that they are passed over; then the longest word that fits."""
    words = "|".join(re.escape(each) for each in sorted(terms, key=len, reverse=True))
    return re.compile(rf"\{{\w*\}}|(?<![A-Za-z_])({words})(s?)(?![A-Za-z_]|\.yaml)", re.IGNORECASE)
