"""Signing in and out, who I am, my language, and the one-time link."""

import logging
import time
from typing import Final

from flask import Blueprint, Response, jsonify

from dispatch.blueprints.cookies import (
    A_YEAR_S,
    HERE_COOKIE,
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    cookie,
    remember_device,
    set_cookie,
)
from dispatch.blueprints.forwarded import is_through_stranger
from dispatch.blueprints.origins import origin_here
from dispatch.blueprints.rate_limit import RateLimit
from dispatch.blueprints.request_access import (
    authentication,
    public,
    signed_out,
    store,
)
from dispatch.blueprints.text_fields import texts
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.installation.people.choose_language import choose_language
from dispatch.installation.people.choose_password import choose_password
from dispatch.installation.people.sign_in import SignedIn, sign_in
from dispatch.installation.people.sign_out import sign_out
from dispatch.shapes.labels import spoken_label
from dispatch.shapes.session import OpenSession, Welcomed
from dispatch.store.guesses import is_known_device
from dispatch.store.people import must_set_second_factor
from dispatch.store.sealing import identities
from dispatch.store.sign_ins import secret_digest
from dispatch.translations import own_language, spoken_languages

_log = logging.getLogger(__name__)

session = Blueprint("session", __name__, url_prefix="/api/v1")

# Wrong guesses from one address over all accounts: enough for an office on a Monday, too few to
# try one password on everybody.
_GUESSES: Final = RateLimit(per_minute=60)
# Through a proxy that is not trusted the address is everybody's: it must not lock an office out,
# and accounts are bounded by themselves. A header that anybody can send buys no more than this.
_GUESSES_OF_PROXY: Final = RateLimit(per_minute=600)

# So that a flood of guesses is no flood of lines.
_TOLD: Final = RateLimit(per_minute=1)


@session.post("/session")
@public
def begin() -> Response:
    wanted, may_lack = ("login", "password", "code", "stays"), ("code", "stays")
    login, password, code, stays = texts(*wanted, may_lack=may_lack)
    signed_in = _sign_in(login, password, code, stays=bool(stays))
    response = _session_of(signed_in.access, signed_in.csrf)
    _set_cookies(response, signed_in)
    return response


@session.get("/session")
def show() -> Response:
    return _session_of(authentication().access, authentication().csrf)


@session.post("/session/here")
def stay_here() -> Response:
    """Somebody sits before the console: asked while they do, so that it is not locked."""
    return Response(status=204)


@session.delete("/session")
def end() -> Response:
    sign_out(store(), authentication())
    return signed_out()


@session.put("/session/language")
def change_language() -> Response:
    (language,) = texts("language")
    choose_language(store(), authentication().access.person_id, language)
    response = Response(status=204)
    set_cookie(response, LANGUAGE_COOKIE, language, A_YEAR_S)
    return response


@session.post("/welcome/<secret>")
@public
def set_password(secret: str) -> Response:
    (password,) = texts("password")
    told: Welcomed = {"login": choose_password(store(), secret, password)}
    return jsonify(told)


def _sign_in(login: str, password: str, code: str, *, stays: bool) -> SignedIn:
    """Guesses are also counted by address: one password tried on everybody is guessing, too. A
    device that knows the account has a way in whoever else guesses behind its address.
    """
    origin, now = origin_here(), time.monotonic()
    guesses = _GUESSES_OF_PROXY if is_through_stranger() else _GUESSES
    seconds = guesses.wait(origin.address, now)
    if seconds and not is_known_device(store(), login, origin.device):
        _tell_slowed(origin.address, now)
        raise Refused("slow_down", seconds=seconds)
    try:
        before = secret_digest(cookie(SESSION_COOKIE))
        return sign_in(store(), login, password, origin, code=code, stays=stays, before=before)
    except Refused as refused:
        if refused.code in {"bad_credentials", "wrong_code"}:
            guesses.take(origin.address, now)
        raise


def _tell_slowed(address: str, now: float) -> None:
    """In the server's log, once a minute for each address; the account is not told, for it may be
    a volunteer's.
    """
    if not _TOLD.ask(address, now):
        _log.warning("sign-ins from one address are slowed down", extra={"told": {"from": address}})


def _session_of(access: Access, csrf: str | None) -> Response:
    with store().read() as reading:
        sealed = identities(reading, store().seal, [access.person_id])[access.person_id]
        units = store().playbook(reading).units
        must_enrol = bool(csrf) and must_set_second_factor(reading, store().settings, access)
    held = dict.fromkeys(grant.unit for grant in access.grants)
    told: OpenSession = {
        "person": access.person_id,
        "name": sealed["name"],
        "language": _spoken_by(access),
        "roles": [{"role": grant.role, "unit": grant.unit} for grant in access.grants],
        "units": {unit: spoken_label(units[unit].label) for unit in held if unit in units},
        "csrf": csrf,
        "idle_s": store().settings.idle_minutes * 60 if csrf and access.is_at_desk else None,
        "must_enrol": must_enrol,
    }
    return jsonify(told)


def _spoken_by(access: Access) -> str:
    """Their language; the city's own where it does not speak theirs."""
    return access.language if access.language in spoken_languages() else own_language()


def _set_cookies(response: Response, signed_in: SignedIn) -> None:
    set_cookie(response, SESSION_COOKIE, signed_in.secret, signed_in.seconds)
    set_cookie(response, HERE_COOKIE, "1", signed_in.seconds, for_scripts=True)
    remember_device(response, signed_in.device)
