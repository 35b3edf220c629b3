"""Who is signed in, and what signs somebody in."""

from typing import Annotated, Final, Literal, NotRequired

from typing_extensions import TypedDict

from dispatch.shapes.labels import SpokenLabel
from dispatch.shapes.vocabulary import Instant, RoleName, Sent

LONGEST_WORD: Final = 256  # of what somebody types to come in
Word = Annotated[str, Sent({"type": "string", "minLength": 1, "maxLength": LONGEST_WORD})]


class HeldRole(TypedDict):
    """A role at a unit."""

    role: RoleName
    unit: str


class OpenSession(TypedDict):
    """The person, their roles, and the token that every deed of this session sends along; null
    for a bearer token. `idle_s`: after so many seconds without a deed it is locked; null: never.
    `must_enrol`: a second factor is to be set up before anything else is answered.
    """

    person: str
    name: str
    language: str
    roles: list[HeldRole]
    units: dict[str, SpokenLabel]
    csrf: str | None
    idle_s: int | None
    must_enrol: bool


class SignInBody(TypedDict):
    """What opens a session. `code`: of the second factor, for those who have one, or a recovery
    code. `stays`: any text, on somebody's own phone, where volunteers stay signed in.
    """

    login: Word
    password: Word
    code: NotRequired[Word]
    stays: NotRequired[Word]


class LanguageBody(TypedDict):
    """The language to be spoken to in from now on."""

    language: Word


class PasswordBody(TypedDict):
    """The first password, chosen by a one-time link."""

    password: Word


class ChangePasswordBody(TypedDict):
    """One's own password, from which to which."""

    old: Word
    new: Word


class SecondFactorBody(TypedDict):
    """A second factor, confirmed. `offer`: what the account page offered; `code`: what the app
    shows for it; `present`: a code of the second factor that it replaces.
    """

    offer: Word
    code: Word
    password: Word
    present: NotRequired[Word]


class RecoveryCodes(TypedDict):
    """What opens in place of the app, each once. They are told this one time."""

    recovery_codes: list[str]


class OwnSignIn(TypedDict):
    """A session or token of whoever asks. `used_on`: browser and system, or empty; `is_this`: the
    one by which was asked. A volunteer's instants are those of the day.
    """

    id: str
    kind: Literal["session", "token"]
    used_on: str
    since: Instant
    seen: Instant
    until: Instant
    is_this: bool


class OwnSignIns(TypedDict):
    """Where whoever asks is signed in, the one used last first."""

    sign_ins: list[OwnSignIn]


class Welcomed(TypedDict):
    """The account whose password was chosen."""

    login: str
