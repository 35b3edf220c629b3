"""Before every request: who asks and in which language; a route is closed unless marked public."""

import hmac
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Final, TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from dispatch import clock
from dispatch.blueprints import own_pace
from dispatch.blueprints.cookies import (
    HERE_COOKIE,
    LANGUAGE_COOKIE,
    SESSION_COOKIE,
    cookie,
    forget_cookie,
)
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.installation.people.note_visit import note_visit
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.telling.city_words import city_words
from dispatch.store.people import SESSION, TOKEN, Authentication, authenticate
from dispatch.store.transaction import Store
from dispatch.translations import best_language, own_language, speaking, spoken_languages

CSRF_HEADER: Final = "X-CSRF-Token"
# A page asks of its own accord, such as again after a change: no sign that somebody sits there.
UNATTENDED_HEADER: Final = "X-Unattended"
_STORE: Final = "shaodao.store"
# Answered whatever becomes of the database, and files that were built long before.
_WITHOUT_WORDS: Final = frozenset({"health"})
# What a console asks while nobody sits before it, and a socket, which is no endpoint: a locked
# session still gets them, none has words of an alert, and none is a sign of somebody.
_BY_ITSELF: Final = frozenset(
    {
        None,
        "board.whole_board",
        "board.changes",
        "board.places",
        "board.forms",
        "session.show",
        "session.end",
    }
)
# What is answered to whoever has yet to set up a second factor; all else waits for it.
_BEFORE_ENROLMENT: Final = frozenset(
    {
        "session.show",
        "session.end",
        "session.change_language",
        "account.new_second_factor",
        "account_page.own_account",
    }
)
# What the browser kept to show it again; reports that wait on a phone lie elsewhere and stay.
_PHOTOS: Final = '"cache"'
_HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


def install(app: Flask, store: Store) -> None:
    """Gives the app its store, and closes every route that is not marked as public."""
    app.extensions[_STORE] = store
    own_pace.install(app, store.settings)
    app.before_request(_speak)
    app.before_request(_guard)
    app.teardown_request(_fall_silent)


def public(view: View) -> View:
    """Marks a route that needs no sign-in: pages before it, health, files."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on the function is what we want
    return view


def store() -> Store:
    kept: Store = current_app.extensions[_STORE]
    return kept


def access() -> Access:
    """Who asks; raises Refused not_signed_in, or csrf_missing for a change without the token."""
    return authentication().access


def authentication() -> Authentication:
    """Who asks and by which secret; raises as access() does."""
    if "authentication" not in g:
        g.authentication = _authenticated()
    return g.authentication  # type: ignore[no-any-return]  # flask.g is untyped


def signed_out() -> Response:
    """The answer to signing out: the browser forgets the session and the photos that it kept, and
    still is a known device.
    """
    response = Response(status=204)
    forget_cookie(response, SESSION_COOKIE)
    forget_cookie(response, HERE_COOKIE)
    response.headers["Clear-Site-Data"] = _PHOTOS
    return response


def language() -> str:
    """The language to answer in: chosen on this device, asked for, the person's, the city's own;
    never one that the city does not speak.
    """
    chosen, spoken = cookie(LANGUAGE_COOKIE), spoken_languages()
    if chosen in spoken:
        return chosen
    asked = list(request.accept_languages.values())
    if asked:
        return best_language(asked)
    theirs = g.authentication.access.language if "authentication" in g else ""
    return theirs if theirs in spoken else own_language()


def _speak() -> None:
    """Whatever is answered is said in the city's own words; before the first playbook, and while
    no database answers, in the package's.
    """
    if request.blueprint in _WITHOUT_WORDS or (request.endpoint or "").endswith("static"):
        return
    try:
        with store().read() as session:
            g.spoken_playbook = store().playbook(session)
    except (Refused, SQLAlchemyError):
        return
    g.voice = ExitStack()
    g.voice.enter_context(speaking(city_words(g.spoken_playbook)))


def spoken_playbook() -> Playbook | None:
    """By which playbook this answer is put into words; None where the package's words must do."""
    found: Playbook | None = g.get("spoken_playbook")
    return found


def _fall_silent(_error: BaseException | None) -> None:
    if (voice := g.pop("voice", None)) is not None:
        voice.close()


def _guard() -> None:
    _refuse_nul()
    view = current_app.view_functions.get(request.endpoint or "")
    is_file = request.endpoint is not None and request.endpoint.split(".")[-1] == "static"
    if view is not None and not is_file and not getattr(view, "is_public", False):
        access()


def _refuse_nul() -> None:
    """PostgreSQL stores no NUL, and no address of ours contains one; bodies are checked
    elsewhere.
    """
    asked = (said for pair in request.args.items(multi=True) for said in pair)
    if "\0" in request.path or any("\0" in said for said in asked):
        raise Refused("bad_request")


def _authenticated() -> Authentication:
    secret, kind = _secret_shown()
    at = clock.wall()
    with store().read() as session:
        seal = store().seal
        found = authenticate(session, seal, secret, kind, at) if secret else None
    if found is None:
        raise Refused("not_signed_in")
    if kind == SESSION and request.method not in _HARMLESS:
        _check_csrf(found.csrf or "")
    own_pace.keep_pace(found.access.person_id)
    if request.endpoint not in _BEFORE_ENROLMENT and found.must_enrol(store().settings):
        raise Refused("second_factor_needed")
    if request.endpoint in _BY_ITSELF:
        return found
    if found.is_locked(timedelta(minutes=store().settings.idle_minutes), at):
        raise Refused("session_locked")
    if UNATTENDED_HEADER not in request.headers:
        note_visit(store(), found)
    return found


def _secret_shown() -> tuple[str, str]:
    """The secret of the request and its kind; a bearer token goes before a cookie."""
    written = request.headers.get("Authorization")
    if written is not None:
        scheme, _, secret = written.partition(" ")
        return (secret.strip() if scheme.lower() == "bearer" else ""), TOKEN
    return cookie(SESSION_COOKIE), SESSION


def _check_csrf(expected: str) -> None:
    """Another site can make a browser send the cookie, but can neither read nor set this header."""
    shown = request.headers.get(CSRF_HEADER, "")
    if not expected or not hmac.compare_digest(shown.encode(), expected.encode()):
        raise Refused("csrf_missing")
