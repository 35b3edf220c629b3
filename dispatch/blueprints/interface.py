"""The description of the interface over HTTP, for programs and those who write them."""

from functools import cache

import orjson
from flask import Blueprint, Response, request

from dispatch.blueprints.openapi.document import document
from dispatch.blueprints.request_access import public, store

interface = Blueprint("interface", __name__, url_prefix="/api/v1")


@interface.get("/openapi.json")
@public
def described() -> Response:
    """The same for everybody, kept by the browser and asked for again."""
    written = _written(with_clock=store().settings.is_test)
    response = Response(written, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # a Response it stays


@cache
def _written(*, with_clock: bool) -> bytes:
    """Once a process: it hangs on the code alone."""
    return orjson.dumps(document(with_clock=with_clock))
