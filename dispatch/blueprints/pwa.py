"""The phone's app: its built files, and one page for every address in it."""

from mimetypes import guess_type
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.security import safe_join

from dispatch.blueprints.page_table import HOUSE, PAGES
from dispatch.blueprints.request_access import public
from dispatch.errors import Refused

_PAGE: Final = PAGES["mobile"]
pwa = Blueprint("pwa", __name__, url_prefix=_PAGE.address.rstrip("/"))

APP: Final[Path] = HOUSE / _PAGE.app
DIST: Final[Path] = APP / "dist"
_HASHED: Final = "assets/"
_A_YEAR: Final = "public, max-age=31536000, immutable"
# Not every machine's own table knows these.
_TYPES: Final = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}


@pwa.get("/")
@public
def page() -> Response:
    """The app itself, bare where nothing was built; data only comes over the interface."""
    return _sent((DIST if (DIST / "index.html").is_file() else APP) / "index.html", "")


@pwa.get("/<path:filename>")
@public
def file(filename: str) -> Response:
    """One built file."""
    found = safe_join(str(DIST), filename)
    if found is None or not Path(found).is_file():
        raise Refused("not_found")
    return _sent(Path(found), filename)


def _sent(found: Path, name: str) -> Response:
    """What has its digest in its name is kept; the page and the worker are asked for again."""
    packed = found.with_name(f"{found.name}.gz")
    is_packed = request.accept_encodings.quality("gzip") > 0 and packed.is_file()
    kind = _TYPES.get(found.suffix) or guess_type(found.name)[0]
    response = Response((packed if is_packed else found).read_bytes(), mimetype=kind)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _A_YEAR if name.startswith(_HASHED) else "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]  # a Response it stays
