"""Which built files does a page need? Read from Vite's manifest, where the faces were built."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

HOUSE: Final = Path(__file__).parents[2]
DIST: Final = HOUSE / "static" / "dist"
TEMPLATES: Final = HOUSE / "templates"
URL: Final = "/static/dist"

_ENTRIES: Final[Mapping[str, str]] = {
    "console": "static/src/console/main.tsx",
    "overdue": "static/src/reports/overdue.ts",
    "login": "static/src/pages/login.ts",
    "welcome": "static/src/pages/welcome.ts",
    "page": "static/src/pages/page.ts",
}
_SPRITE: Final = "static/src/shared/icons.svg"
_ICON: Final = "static/src/pages/app-icon.svg"


def styles(entry: str) -> list[str]:
    """Addresses of the style sheets of an entry and of what it shares with others."""
    chunks = _with_imports(_ENTRIES[entry])
    return list(dict.fromkeys(_url(css) for chunk in chunks for css in chunk.get("css", ())))


def script(entry: str) -> str | None:
    """Address of an entry's script; None where nothing was built, and pages go without."""
    chunk = _manifest().get(_ENTRIES[entry])
    return None if chunk is None else _url(chunk["file"])


def app_icon() -> str | None:
    chunk = _manifest().get(_ICON)
    return None if chunk is None else _url(chunk["file"])


def sprite() -> Markup:
    """The symbols of icons and marks, for a page's `use` elements: our own file, hence trusted."""
    chunk = _manifest().get(_SPRITE)
    return Markup("") if chunk is None else _text(DIST / chunk["file"])


def _with_imports(key: str) -> Iterator[Mapping[str, Any]]:
    chunk = _manifest().get(key)
    if chunk is None:
        return
    for inner in chunk.get("imports", ()):
        yield from _with_imports(inner)
    yield chunk


def _manifest() -> Mapping[str, Any]:
    file = DIST / "manifest.json"
    return _read(file, file.stat().st_mtime_ns) if file.exists() else {}


@cache
def _read(file: Path, _changed: int) -> Mapping[str, Any]:
    """Read again only when it was built again."""
    manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return manifest


@cache
def _text(file: Path) -> Markup:
    return Markup(file.read_text(encoding="utf-8"))  # noqa: S704 - built from our own sources


def _url(file: str) -> str:
    return f"{URL}/{file}"
