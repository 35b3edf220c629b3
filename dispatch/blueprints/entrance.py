"""The pages by which people come in: home, sign-in, choosing a password, choosing a language."""

import re
from typing import Final
from urllib.parse import urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dispatch.blueprints import request_access
from dispatch.blueprints.cookies import A_YEAR_S, LANGUAGE_COOKIE, set_cookie
from dispatch.blueprints.notices import notices_here
from dispatch.blueprints.pages import Values, page_blueprint, roles_of, serve_page
from dispatch.installation.people.choose_password import invited_person
from dispatch.translations import spoken_languages

entrance = page_blueprint("entrance")

# A path of plain letters without two slashes in a row, and a query without blanks or controls.
_OF_THIS_HOUSE: Final = re.compile(
    r"/(?:[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)*/?)?(?:\?[^\s\\\x00-\x1f\x7f]*)?"
)
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@serve_page(entrance, "home")
def home() -> Values:
    """Where this person can go, and what the city tells them of itself."""
    return {"roles": roles_of(request_access.access()), "notices": notices_here()}


@serve_page(entrance, "login")
def login() -> Values:
    """The form of the sign-in, in regular or large print; afterwards back to `next`."""
    wanted = _inside(request.args.get("next", ""))
    return {"elder": "elder" in request.args, "plain": _is_plain(), "wanted": wanted}


@serve_page(entrance, "welcome")
def choose_password(secret: str) -> Values:
    """The form behind a one-time link; raises Refused link_used."""
    _, account = invited_person(request_access.store(), secret)
    return {"account": account, "secret": secret}


@entrance.get("/language/<language>")
@request_access.public
def speak(language: str) -> AnyResponse:
    """Choose a language on this device and go back."""
    response = redirect(_inside(request.args.get("next", "")) or "/")
    if language in spoken_languages():
        set_cookie(response, LANGUAGE_COOKIE, language, A_YEAR_S)
    return response


def _is_plain() -> bool:
    """Over http to another machine everybody on the way reads along: that is said."""
    host = urlsplit(request.host_url).hostname
    return not request.is_secure and host not in _THIS_MACHINE


def _inside(path: str) -> str:
    """A way back into the product; empty for every other address, however it is written."""
    return path if _OF_THIS_HOUSE.fullmatch(path) else ""
