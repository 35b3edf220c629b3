"""The whole document: every address that this server has, and all that they name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from dispatch.blueprints.cookies import SESSION_COOKIE
from dispatch.blueprints.openapi.bodies import answers, request_body
from dispatch.blueprints.openapi.page_addresses import TAG, page_paths
from dispatch.blueprints.openapi.parameters import LANGUAGE, in_path, in_query
from dispatch.blueprints.openapi.refusals import responses
from dispatch.blueprints.request_access import CSRF_HEADER
from dispatch.reports.catalogue import REPORTS
from dispatch.reports.criteria import PARTS
from dispatch.reports.formats import FORMATS
from dispatch.reports.report import Report
from dispatch.shapes.filters import Filter
from dispatch.shapes.interface import Interface
from dispatch.shapes.route import Route
from dispatch.shapes.routes import ROUTES
from dispatch.shapes.schemas import Schemas

API: Final = "/api/v1/"
VERSION: Final = "1"
_BY_COOKIE: Final[dict[str, list[str]]] = {"session": []}
_BY_TOKEN: Final[dict[str, list[str]]] = {"token": []}
_SECURITY: Final[dict[str, object]] = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": "What `POST /api/v1/session` sets; over https its name begins with "
        "`__Host-`. Deeds need `csrf` beside it.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": CSRF_HEADER,
        "description": "The `csrf` of `GET /api/v1/session`.",
    },
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "For programs: `python -m dispatch token PERSON`.",
    },
}
_ABOUT: Final = (
    "Instants are ISO 8601 with Z, ids are slugs or UUIDs, labels come by language. Every refusal "
    "is application/problem+json: `code` is stable, `detail` tells the person what to do. The same "
    "request twice does the thing once: clients make the ids of alerts and of steps. What the "
    "answers mean stands in docs/api.md; the socket of the board is not part of this document."
)


def document(*, with_clock: bool) -> Interface:
    """The same for everybody. `with_clock`: the clock of tests can be moved."""
    schemas = Schemas()
    paths: dict[str, dict[str, object]] = {}
    for route in addresses(with_clock=with_clock):
        path = paths.setdefault(address(route), {})
        path[route.method.lower()] = _operation(route, schemas)
    paths |= {path: {"get": operation} for path, operation in page_paths(schemas)}
    tags = [*dict.fromkeys(map(_tag, ROUTES)), TAG]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "哨到 Shaodao",
            "version": VERSION,
            "summary": "基层吹哨、部门执行: problems at places, for those who can solve them.",
            "description": _ABOUT,
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in tags],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.named.items())),
            "parameters": {"Language": LANGUAGE},
            "securitySchemes": _SECURITY,
        },
    }


def address(route: Route) -> str:
    """Where it stands on the server."""
    return route.path if route.path.startswith("/") else f"{API}{route.path}"


def addresses(*, with_clock: bool) -> Iterator[Route]:
    """Every address, one for each report in the place of their common one."""
    for route in ROUTES:
        if "{name}" in route.path:
            for report in REPORTS.values():
                yield from _of_report(route, report)
        elif with_clock or not route.only_in_test:
            yield route


def _of_report(route: Route, report: Report) -> Iterator[Route]:
    """Its own address with its own parameters; of files one for each kind."""
    named = replace(
        route,
        path=route.path.replace("{name}", report.name),
        name=route.name.replace("{name}", report.name.replace("-", "_")),
        about=f"{route.about}: {report.name}",
        asks=tuple(_asked(report)),
    )
    if "{kind}" not in route.path:
        yield named
        return
    for kind, written in FORMATS.items():
        media = written.content_type.partition(";")[0]
        if media in route.file:
            path, name = (each.replace("{kind}", kind) for each in (named.path, named.name))
            yield replace(named, path=path, name=name, file=(media,))


def _asked(report: Report) -> Iterator[Filter]:
    """What a report can be asked for: its moments, the parts of the city, its groupings."""
    yield from (Filter(moment, "instant", may_be_empty=True) for moment in report.moments)
    yield from (Filter(part, "word", may_be_empty=True) for part in PARTS)
    if report.by:
        yield Filter("by", "grouping", narrows=False, may_be_empty=True, among=report.by)


def _operation(route: Route, schemas: Schemas) -> dict[str, Any]:
    body = request_body(route, schemas)
    told = {**dict(answers(route, schemas)), **_refused(route, schemas)}
    return {
        "operationId": route.name,
        "summary": route.about,
        "tags": [_tag(route)],
        "security": _security(route),
        "parameters": [
            *in_path(route),
            *in_query(route),
            {"$ref": "#/components/parameters/Language"},
        ],
        **({"requestBody": body} if body else {}),
        "responses": dict(sorted(told.items())),
    }


def _refused(route: Route, schemas: Schemas) -> dict[str, Any]:
    """Whoever asks whether the city is ready is told so in the same shape when it is not."""
    told = dict(responses(route, schemas))
    if route.name == "is_ready":
        told["503"] = {**next(answers(route, schemas))[1], "description": "It is not ready."}
    return told


def _security(route: Route) -> list[dict[str, list[str]]]:
    if route.is_public:
        return []
    return [_BY_COOKIE if route.method == "GET" else {**_BY_COOKIE, "csrf": []}, _BY_TOKEN]


def _tag(route: Route) -> str:
    return route.path.strip("/").partition("/")[0]
