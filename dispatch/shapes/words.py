"""What a city says in its own words, for faces that have the package's."""

from typing_extensions import TypedDict


class SpokenLanguage(TypedDict):
    """A language of the city: how labels call it, how it is asked for, what it calls itself."""

    tongue: str
    code: str
    name: str


class OwnWords(TypedDict):
    """The city's languages, its own first, its time zone, and its words in the asked language.

    `terms`: by the package's word the city's word for the same thing; `words`: by whole key what
    the city says otherwise, or in a language that the package does not have.
    """

    version: str
    tongue: str
    languages: list[SpokenLanguage]
    zone: str
    terms: dict[str, str]
    words: dict[str, str]
