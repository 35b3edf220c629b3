"""The built files of a page, found in Vite's manifest where the faces were built."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from dispatch.blueprints.page_table import EVERY_PAGE, HOUSE, Page

DIST: Final = HOUSE / "static" / "dist"
URL: Final = "/static/dist"


def styles(page: Page | None) -> list[str]:
    """Addresses of the style sheets of a page and of what it shares with others, each once.

    Without a page, as for an error, those that every page has.
    """
    scripts = [EVERY_PAGE.script, *([page.script] if page and page.script else [])]
    chunks = (chunk for script in scripts for chunk in _with_imports(script))
    return list(dict.fromkeys(_url(css) for chunk in chunks for css in chunk.get("css", ())))


def script(page: Page | None) -> str | None:
    """Address of a page's script; None where nothing was built, and pages go without."""
    return _built((page and page.script) or EVERY_PAGE.script)


def app_icon() -> str | None:
    """Address of the icon in the browser's tab; None where nothing was built."""
    return _built(EVERY_PAGE.icon)


def sprite() -> Markup:
    """The symbols of icons and marks, for a page's `use` elements: our own file, hence trusted."""
    chunk = _manifest().get(EVERY_PAGE.sprite)
    return Markup("") if chunk is None else _text(DIST / chunk["file"])


def _built(source: str) -> str | None:
    chunk = _manifest().get(source)
    return None if chunk is None else _url(chunk["file"])


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
