"""The pages for people and the files of which they are made, beside the interface itself."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from dispatch.blueprints.openapi.parameters import in_path, in_query
from dispatch.blueprints.openapi.refusals import MIMETYPE
from dispatch.blueprints.page_table import PAGES, Page
from dispatch.reports import overdue
from dispatch.reports.criteria import PARTS
from dispatch.shapes.filters import Filter
from dispatch.shapes.problem import ProblemBody
from dispatch.shapes.route import Route
from dispatch.shapes.schemas import Schemas

TAG: Final = "pages"
_HOLE: Final = re.compile(r"<(?:\w+:)?(\w+)>")
_HTML: Final = "text/html"
_TEXT: Final = {"schema": {"type": "string"}}
_FILE: Final = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
_ANYTHING_SENT: Final[tuple[Filter, ...]] = (Filter("next", "part"),)
# What a page may be asked with, by its name.
_ASKS: Final[Mapping[str, tuple[Filter, ...]]] = MappingProxyType(
    {
        "login": (*_ANYTHING_SENT, Filter("elder", "part")),
        "overdue": (
            *(Filter(name, "instant", may_be_empty=True) for name in overdue.REPORT.moments),
            *(Filter(name, "word", may_be_empty=True) for name in PARTS),
            Filter("show", "part"),
        ),
    }
)
_REFUSED: Final = ("400", "403", "404", "410", "422", "500", "503")
_ELSEWHERE: Final = {
    "description": "Somewhere else: to the sign-in, or back.",
    "headers": {"Location": {"schema": {"type": "string"}}},
    "content": {_HTML: _TEXT},
}


def page_paths(schemas: Schemas) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each address with what it answers to GET."""
    for page in PAGES.values():
        route = _route(page.address, f"page_{page.name}", page, _ASKS.get(page.name, ()))
        yield route.path, _operation(route, {_HTML: _TEXT}, schemas)
    mobile = PAGES["mobile"]
    for route, content in (
        (_route("/language/<language>", "speak_language", None, _ANYTHING_SENT), None),
        (_route(f"{mobile.address}<filename>", "file_of_the_phone", None), _FILE),
        (_route("/static/dist/<filename>", "file_of_a_page", None), _FILE),
    ):
        yield route.path, _operation(route, content, schemas)


def _route(address: str, name: str, page: Page | None, asks: tuple[Filter, ...] = ()) -> Route:
    return Route(
        "GET",
        _HOLE.sub(r"{\1}", address),
        name,
        f"For people: {name.replace('_', ' ')}",
        asks=asks,
        is_public=page is None or page.is_public,
    )


def _operation(route: Route, content: Any, schemas: Schemas) -> dict[str, Any]:
    refused = {"content": {_HTML: _TEXT, MIMETYPE: {"schema": schemas.of(ProblemBody)}}}
    found = {"200": {"description": "Here it is.", "content": content}} if content else {}
    if content is _FILE:
        found["304"] = {"description": "The same as the `ETag` that was shown."}
    return {
        "operationId": route.name,
        "summary": route.about,
        "tags": [TAG],
        "security": [] if route.is_public else [{"session": []}, {"token": []}],
        "parameters": [*in_path(route), *in_query(route)],
        "responses": {
            **found,
            "302": _ELSEWHERE,
            **{code: {"description": "Refused, in words.", **refused} for code in _REFUSED},
        },
    }
