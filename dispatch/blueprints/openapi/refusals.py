"""The refusals of an address by their status: each code with its sentence and its headers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from dispatch.errors import PROBLEMS
from dispatch.shapes.problem import ProblemBody
from dispatch.shapes.route import Route
from dispatch.shapes.schemas import Schemas
from dispatch.translations import FOR_OTHERS, catalogue

Response = dict[str, Any]

MIMETYPE: Final = "application/problem+json"
EVERYWHERE: Final = (
    *("bad_request", "https_required", "no_playbook", "busy", "internal"),
    *("database_away", "no_room", "writes_wait"),
)
_HEADERS: Final[Mapping[int, Mapping[str, Any]]] = MappingProxyType(
    {
        401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
        429: {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."}},
        503: {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds to wait."}},
    }
)


def codes_of(route: Route) -> Iterator[str]:
    """Every code that the address can answer with, some of them twice."""
    yield from EVERYWHERE
    yield from route.refuses
    if "{" in route.path:
        yield "not_found"
    if not route.is_public:
        yield from ("not_signed_in", "session_locked", "second_factor_needed", "slow_down")
        if route.method != "GET":
            yield "csrf_missing"
    if route.body is not None:
        yield from ("not_json", "unsupported_media", "too_large", "invalid")


def responses(route: Route, schemas: Schemas) -> Iterator[tuple[str, Response]]:
    """By status, in its order, a response with all its codes."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in dict.fromkeys(codes_of(route)):
        by_status[PROBLEMS[code].status].append(code)
    for status, codes in sorted(by_status.items()):
        yield str(status), _response(status, codes, schemas)


def _response(status: int, codes: list[str], schemas: Schemas) -> Response:
    answer: Response = {
        "description": _told(codes),
        "content": {
            MIMETYPE: {
                "schema": schemas.of(ProblemBody),
                "examples": {code: {"value": _example(code)} for code in codes},
            }
        },
    }
    if headers := _HEADERS.get(status):
        answer["headers"] = headers
    return answer


def _told(codes: list[str]) -> str:
    """Each code with the parameters of its sentence."""
    return "\n".join(f"- `{code}`: {sentence(code)}" for code in codes)


def sentence(code: str) -> str:
    """What it says to the person, with its parameters in braces."""
    return catalogue(FOR_OTHERS)[f"problems.{code}"]


def _example(code: str) -> dict[str, Any]:
    status = PROBLEMS[code].status
    return {
        "type": f"urn:shaodao:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": sentence(code),
        "faults": [],
    }
