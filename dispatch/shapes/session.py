"""Who is signed in, and what signs somebody in."""

from typing import Annotated, Final

from typing_extensions import TypedDict

from dispatch.shapes.labels import SpokenLabel
from dispatch.shapes.vocabulary import RoleName, Sent

LONGEST_WORD: Final = 256  # of what somebody types to come in
Word = Annotated[str, Sent({"type": "string", "minLength": 1, "maxLength": LONGEST_WORD})]


class HeldRole(TypedDict):
    """A role at a unit."""

    role: RoleName
    unit: str


class OpenSession(TypedDict):
    """The person, their roles, and the token that every deed of this session sends along; null
    for a bearer token.
    """

    person: str
    name: str
    language: str
    roles: list[HeldRole]
    units: dict[str, SpokenLabel]
    csrf: str | None


class SignInBody(TypedDict):
    """What opens a session."""

    login: Word
    password: Word


class LanguageBody(TypedDict):
    """The language to be spoken to in from now on."""

    language: Word


class PasswordBody(TypedDict):
    """The first password, chosen by a one-time link."""

    password: Word


class Welcomed(TypedDict):
    """The account whose password was chosen."""

    login: str
