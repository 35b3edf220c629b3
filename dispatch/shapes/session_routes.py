"""The addresses by which people come in, and of their own accounts."""

from typing import Final

from dispatch.shapes.route import Route
from dispatch.shapes.session import (
    ChangePasswordBody,
    LanguageBody,
    OpenSession,
    OwnSignIns,
    PasswordBody,
    RecoveryCodes,
    SecondFactorBody,
    SignInBody,
    Welcomed,
)

_OF_CODES: Final = ("code_wanted", "wrong_code", "locked_out", "account_guessed")
_OF_PASSWORDS: Final = (
    "weak_password",
    "common_password",
    "own_name_password",
    "city_name_password",
)

SESSION_ROUTES: Final = (
    Route(
        "POST",
        "session",
        "sign_in",
        "Sign in: the cookie of a session, and the token that its deeds send along",
        OpenSession,
        SignInBody,
        refuses=("bad_credentials", *_OF_CODES, "slow_down"),
        is_public=True,
    ),
    Route("GET", "session", "who_am_i", "Who is signed in, in which roles", OpenSession),
    Route("DELETE", "session", "sign_out", "End the session, or the token, that was shown"),
    Route(
        "PUT",
        "session/language",
        "choose_language",
        "The language to be spoken to in from now on",
        body=LanguageBody,
    ),
    Route(
        "POST",
        "session/here",
        "stay_here",
        "Somebody sits before the console, so that it is not locked",
    ),
    Route(
        "PUT",
        "session/password",
        "change_password",
        "Change one's own password; every other sign-in and every token ends",
        body=ChangePasswordBody,
        refuses=("wrong_password", "locked_out", "account_guessed", *_OF_PASSWORDS),
    ),
    Route(
        "PUT",
        "session/second-factor",
        "set_second_factor",
        "Set up a second factor, or another one; every other session ends",
        RecoveryCodes,
        SecondFactorBody,
        refuses=("forbidden", "offer_over", "wrong_password", *_OF_CODES),
    ),
    Route("GET", "session/sign-ins", "list_sign_ins", "Where one is signed in", OwnSignIns),
    Route("DELETE", "session/sign-ins", "sign_out_everywhere", "End every session of one's own"),
    Route(
        "DELETE",
        "session/sign-ins/{sign_in_id}",
        "end_sign_in",
        "End one sign-in or token of one's own",
        refuses=("unknown_sign_in",),
    ),
    Route(
        "POST",
        "welcome/{secret}",
        "choose_password",
        "Choose the first password, by a link that works once",
        Welcomed,
        PasswordBody,
        refuses=("link_used", *_OF_PASSWORDS),
        is_public=True,
    ),
)
