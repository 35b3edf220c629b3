"""The board over HTTP: snapshot and changes; and what the faces read from the playbook."""

from collections.abc import Callable, Collection

import orjson
from flask import Blueprint, Flask, Response, request
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.blueprints import headers
from dispatch.blueprints.problems import answer
from dispatch.blueprints.request_access import access, authentication, store
from dispatch.domain.visibility import Scope, scope_of
from dispatch.errors import Fault, Refused
from dispatch.feed.board import changes_after, snapshot
from dispatch.feed.gate import Inner
from dispatch.feed.wire import Environ
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.telling import faces
from dispatch.shapes.board import BoardChanges, BoardSnapshot
from dispatch.shapes.forms import Forms
from dispatch.shapes.places import Places
from dispatch.store.sign_ins import those_open

board = Blueprint("board", __name__, url_prefix="/api/v1")


@board.get("/board")
def whole_board() -> Response:
    """All that the person sees; a console narrows it by itself."""
    _takes()
    with store().read() as session:
        seen = _seen(session)
        labels = faces.labels(store().playbook(session))
        calendars = store().calendars(session)
        return _json(snapshot(session, seen, labels, calendars, store().seal))


@board.get("/board/changes")
def changes() -> Response:
    _takes("after")
    after = request.args.get("after")
    if after is None:
        raise Refused("invalid", faults=(Fault("after", "missing"),), count=1)
    with store().read() as session:
        seen, calendars = _seen(session), store().calendars(session)
        return _json(changes_after(session, seen, after, calendars, store().seal))


@board.get("/places")
def places() -> Response:
    return _of_playbook(faces.places)


@board.get("/forms")
def forms() -> Response:
    return _of_playbook(faces.forms)


class ConsoleAuthenticator:
    """For sockets: the same credentials and the same refusals as for any request."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def scope_of(self, environ: Environ) -> Scope:
        with self._app.request_context(environ):
            if store().settings.require_https:
                headers.refuse_plain()
            with store().read() as session:
                return _seen(session)

    def digest_of(self, environ: Environ) -> str:
        with self._app.request_context(environ):
            return authentication().digest

    def still_open(self, digests: Collection[str]) -> Collection[str]:
        with self._app.app_context(), store().read() as session:
            return those_open(session, digests, clock.wall())

    def refuse(self, refused: Refused, environ: Environ) -> Inner:
        with self._app.request_context(environ):
            return headers.add(answer(refused))


def _takes(*known: str) -> None:
    """Raises Refused unknown_filter for any other parameter: nobody is answered as if it were not
    there.
    """
    for name in request.args:
        if name not in known:
            raise Refused("unknown_filter", name=name[:40], known=", ".join(known) or "GET alerts")


def _seen(session: Session) -> Scope:
    """What the asking person sees; raises Refused forbidden where no board is theirs."""
    seen = scope_of(access(), store().playbook(session).organisation)
    if not seen.topics():
        raise Refused("forbidden")
    return seen


def _of_playbook(read: Callable[[Playbook], Forms | Places]) -> Response:
    """Kept by the browser, and asked for again: a publish shows at the next look."""
    with store().read() as session:
        response = _json(read(store().playbook(session)))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # a Response it stays


def _json(value: BoardSnapshot | BoardChanges | Forms | Places) -> Response:
    return Response(orjson.dumps(value), mimetype="application/json")
