"""The phone's app under /m/: built files, and one page for every address in it."""

from pathlib import Path
from typing import Final

from flask import Blueprint, Response, send_from_directory

from dispatch.blueprints.assets import HOUSE
from dispatch.blueprints.door import public
from dispatch.errors import Refused

pwa = Blueprint("pwa", __name__, url_prefix="/m")

APP: Final[Path] = HOUSE / "mobile_pwa"
DIST: Final[Path] = APP / "dist"
_HASHED: Final = "assets/"
_A_YEAR: Final = "public, max-age=31536000, immutable"
_TYPES: Final = {".webmanifest": "application/manifest+json"}


@pwa.get("/")
@public
def page() -> Response:
    """The app itself, bare where nothing was built; data only comes over the interface."""
    return _sent(DIST if (DIST / "index.html").is_file() else APP, "index.html")


@pwa.get("/<path:filename>")
@public
def file(filename: str) -> Response:
    """One built file."""
    if not (DIST / filename).is_file():
        raise Refused("not_found")
    return _sent(DIST, filename)


def _sent(folder: Path, name: str) -> Response:
    """What has its digest in its name is kept; the page and the worker are asked for again."""
    response = send_from_directory(folder, name, mimetype=_TYPES.get(Path(name).suffix))
    response.headers["Cache-Control"] = _A_YEAR if name.startswith(_HASHED) else "no-cache"
    return response
