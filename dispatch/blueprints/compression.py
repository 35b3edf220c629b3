"""Answers are compressed for whoever can read that: a thousand alerts over a thin line."""

import gzip
from pathlib import Path
from typing import Final

from flask import Flask, Response, request

from dispatch.blueprints.assets import DIST
from dispatch.blueprints.page_table import PAGES

# Below this a compressed answer costs more than it saves.
_LEAST: Final = 1400  # bytes, about one packet
_LEVEL: Final = 5  # 9 saves 2 % more and takes four times as long
_KINDS: Final = frozenset({"application/json", "text/csv", "text/html", "application/geo+json"})
# Never compressed: answers that hold a secret. Whoever could make somebody's browser ask again and
# again, with guesses in the address, would read the secret from the lengths (BREACH).
_WITH_SECRETS: Final = (
    "/api/v1/session",
    "/api/v1/welcome",
    *(page.beginning for page in PAGES.values() if page.holds_secret),
)
_BUILT: Final = "pages.static"


def install(app: Flask) -> None:
    """Compress what the app answers."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The same answer, smaller; what was compressed at build time is taken from there."""
    if response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if request.endpoint == _BUILT:
        return _built(response)
    if response.mimetype not in _KINDS or request.path.startswith(_WITH_SECRETS):
        return response
    response.vary.add("Accept-Encoding")
    if response.is_streamed or not _reads_gzip():
        return response
    whole = response.get_data()
    if len(whole) < _LEAST:
        return response
    return _compressed(response, gzip.compress(whole, _LEVEL, mtime=0))


def _built(response: Response) -> Response:
    """A built file is its name, its compressed twin lies beside it."""
    response.vary.add("Accept-Encoding")
    name = (request.view_args or {}).get("filename", "")
    twin = Path(DIST, f"{name}.gz")  # the view has found the file itself: the name is safe
    if not _reads_gzip() or not twin.is_file():
        return response
    response.close()  # the file that the view opened
    response.direct_passthrough = False
    return _compressed(response, twin.read_bytes())


def _compressed(response: Response, body: bytes) -> Response:
    response.set_data(body)
    response.headers["Content-Encoding"] = "gzip"
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same words, other bytes
    return response


def _reads_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0
