"""The phone's app: its built files, and one page for every address in it."""

import gzip
from html import escape
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.security import safe_join

from dispatch.blueprints.page_table import HOUSE, PAGES
from dispatch.blueprints.request_access import language, public, spoken_playbook
from dispatch.errors import Refused
from dispatch.translations import translate

_PAGE: Final = PAGES["mobile"]
pwa = Blueprint("pwa", __name__, url_prefix=_PAGE.address.rstrip("/"))

APP: Final[Path] = HOUSE / _PAGE.app
DIST: Final[Path] = APP / "dist"
_INDEX: Final = "index.html"
_MANIFEST: Final = "manifest.webmanifest"
# What stands between percent signs in the page and the manifest: its sentence.
_WORDS: Final = {
    "lang": "words.format.lang",
    "brand": "pages.brand",
    "about": "pages.mobile.about",
    "script_needed": "pages.mobile.script_needed",
}
_HASHED: Final = "assets/"
_A_YEAR: Final = "public, max-age=31536000, immutable"
# Not every machine's own table knows these.
_TYPES: Final = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}


@pwa.get("/")
@public
def page() -> Response:
    """The app itself, bare where nothing was built; data only comes over the interface."""
    folder = DIST if (DIST / _INDEX).is_file() else APP
    return _in_words((folder / _INDEX).read_bytes(), "text/html")


@pwa.get("/<path:filename>")
@public
def file(filename: str) -> Response:
    """One built file; the page itself in words, as at its own address."""
    if filename == _INDEX:
        return page()
    found = safe_join(str(DIST), filename)
    if found is None or not Path(found).is_file():
        raise Refused("not_found")
    if filename == _MANIFEST:
        return _in_words(Path(found).read_bytes(), _TYPES[".webmanifest"])
    return _sent(Path(found), filename)


def _in_words(content: bytes, kind: str) -> Response:
    """What stands before any script runs: in the language of whoever asks, with the city's zone."""
    spoken, book = language(), spoken_playbook()
    words = {name: translate(spoken, key) for name, key in _WORDS.items()}
    words["zone"] = book.district.timezone if book else ""
    for name, said in words.items():
        content = content.replace(f"%{name}%".encode(), escape(said).encode())
    is_packed = request.accept_encodings.quality("gzip") > 0
    response = Response(gzip.compress(content, mtime=0) if is_packed else content, mimetype=kind)
    return _kept(response, "no-cache", is_packed=is_packed)


def _sent(found: Path, name: str) -> Response:
    """What has its digest in its name is kept; the page and the worker are asked for again."""
    packed = found.with_name(f"{found.name}.gz")
    is_packed = request.accept_encodings.quality("gzip") > 0 and packed.is_file()
    kind = _TYPES.get(found.suffix) or guess_type(found.name)[0]
    response = Response((packed if is_packed else found).read_bytes(), mimetype=kind)
    return _kept(response, _A_YEAR if name.startswith(_HASHED) else "no-cache", is_packed=is_packed)


def _kept(response: Response, how_long: str, *, is_packed: bool) -> Response:
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = how_long
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # a Response it stays
