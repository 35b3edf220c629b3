"""Before every request: who asks, in which language; a route is closed unless marked public."""

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
# Readable by the page, and no secret: somebody has signed in here, so asking who is worth it.
HERE_COOKIE: Final = "shaodao_here"
CSRF_HEADER: Final = "X-CSRF-Token"
_STORE: Final = "shaodao.store"
_HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

View = TypeVar("View", bound=Callable[..., object])


def install(app: Flask, store: Store) -> None:
    """Give the app its store, and close every route that is not marked as public."""
    app.extensions[_STORE] = store
    app.before_request(_guard)


def public(view: View) -> View:
    """Mark a route that is open to whoever comes: pages before the sign-in, health, files."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on the function is what we want
    return view


def store() -> Store:
    kept: Store = current_app.extensions[_STORE]
    return kept


def access() -> Access:
    """Who asks; raises Refused not_signed_in, or csrf_missing for a deed without the token."""
    return admission().access


def admission() -> Authentication:
    """Who asks and by which secret; as access()."""
    if "admission" not in g:
        g.admission = _admitted()
    return g.admission  # type: ignore[no-any-return]  # flask.g is untyped


def language() -> str:
    """The language to answer in: chosen on this device, asked for, the person's, Chinese."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    asked = list(request.accept_languages.values())
    if asked:
        return best_language(asked)
    return g.admission.access.language if "admission" in g else DEFAULT


def _guard() -> None:
    _refuse_nul()
    view = current_app.view_functions.get(request.endpoint or "")
    is_file = request.endpoint is not None and request.endpoint.split(".")[-1] == "static"
    if view is not None and not is_file and not getattr(view, "is_public", False):
        access()


def _refuse_nul() -> None:
    """PostgreSQL takes no NUL, and no address of ours has one; bodies have rules of their own."""
    asked = (said for pair in request.args.items(multi=True) for said in pair)
    if "\0" in request.path or any("\0" in said for said in asked):
        raise Refused("bad_request")


def _admitted() -> Authentication:
    secret, kind = _shown()
    with store().read() as session:
        found = authenticate(session, secret, kind, clock.wall()) if secret else None
    if found is None:
        raise Refused("not_signed_in")
    if kind == SESSION and request.method not in _HARMLESS:
        _check_csrf(found.csrf or "")
    note_visit(store(), found)
    return found


def _shown() -> tuple[str, str]:
    """The secret that was shown and its kind; a bearer token goes before a cookie."""
    written = request.headers.get("Authorization")
    if written is not None:
        scheme, _, secret = written.partition(" ")
        return (secret.strip() if scheme.lower() == "bearer" else ""), TOKEN
    return request.cookies.get(SESSION_COOKIE, ""), SESSION


def _check_csrf(expected: str) -> None:
    """Another site can make a browser send the cookie, but never read or set this header."""
    shown = request.headers.get(CSRF_HEADER, "")
    if not expected or not hmac.compare_digest(shown.encode(), expected.encode()):
        raise Refused("csrf_missing")
