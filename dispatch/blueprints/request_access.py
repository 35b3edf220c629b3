"""Before every request: who asks and in which language; a route is closed unless marked public."""

import hmac
from collections.abc import Callable
from typing import Final, TypeVar

from flask import Flask, current_app, g, request

from dispatch import clock
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.installation.people.note_visit import note_visit
from dispatch.store.people import SESSION, TOKEN, Authentication, authenticate
from dispatch.store.transaction import Store
from dispatch.translations import DEFAULT, LANGUAGES, best_language

SESSION_COOKIE: Final = "shaodao_session"
LANGUAGE_COOKIE: Final = "shaodao_language"
# Readable by the page and no secret: somebody has signed in here, so asking who is worthwhile.
HERE_COOKIE: Final = "shaodao_here"
CSRF_HEADER: Final = "X-CSRF-Token"
_STORE: Final = "shaodao.store"
_HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


def install(app: Flask, store: Store) -> None:
    """Gives the app its store, and closes every route that is not marked as public."""
    app.extensions[_STORE] = store
    app.before_request(_guard)


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


def language() -> str:
    """The language to answer in: the one chosen on this device, else the browser's, the person's,
    the default.
    """
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = list(request.accept_languages.values())
    if asked:
        return best_language(asked)
    return g.authentication.access.language if "authentication" in g else DEFAULT


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
    with store().read() as session:
        found = authenticate(session, secret, kind, clock.wall()) if secret else None
    if found is None:
        raise Refused("not_signed_in")
    if kind == SESSION and request.method not in _HARMLESS:
        _check_csrf(found.csrf or "")
    note_visit(store(), found)
    return found


def _secret_shown() -> tuple[str, str]:
    """The secret of the request and its kind; a bearer token goes before a cookie."""
    written = request.headers.get("Authorization")
    if written is not None:
        scheme, _, secret = written.partition(" ")
        return (secret.strip() if scheme.lower() == "bearer" else ""), TOKEN
    return request.cookies.get(SESSION_COOKIE, ""), SESSION


def _check_csrf(expected: str) -> None:
    """Another site can make a browser send the cookie, but can neither read nor set this header."""
    shown = request.headers.get(CSRF_HEADER, "")
    if not expected or not hmac.compare_digest(shown.encode(), expected.encode()):
        raise Refused("csrf_missing")
