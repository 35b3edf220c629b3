"""Holds each answer of the city to the shape declared for its address: no key more, none less."""

import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from dispatch.shapes.problem import ProblemBody
from dispatch.shapes.routes import ROUTES

API = "/api/v1/"
HOLE = re.compile(r"{\w+}")
JSON = "application/json"
PROBLEM = "application/problem+json"


def check_answer(response: Any) -> None:
    """Raises pydantic's ValidationError where the answer is not what is declared."""
    method, path = response.request.method, response.request.path
    if response.status_code >= 400:
        if response.mimetype == PROBLEM:
            check(ProblemBody, response.get_data())
        return
    declared = _shape(method, path)
    if declared is not None:
        check(declared, response.get_data())
    else:
        assert response.mimetype != JSON, f"{method} {path} answers JSON of no declared shape"


def check(shape: Any, written: bytes) -> None:
    """As JSON, strictly: a number is no text, and what nobody declared is not sent."""
    _adapter(shape).validate_json(written, strict=True, extra="forbid")


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _shape(method: str, path: str) -> Any:
    if not path.startswith(API) and path not in {route.path for route in ROUTES}:
        return None  # a page or a file
    named = path.removeprefix(API)
    found = [route for route in ROUTES if route.method == method and _holds(route.path, named)]
    assert found, f"{method} {named} stands in no line of dispatch/shapes/routes.py"
    return found[0].answers


@cache
def _holds(route: str, path: str) -> bool:
    parts = (re.escape(part) for part in HOLE.split(route))
    return re.fullmatch("[^/.]+".join(parts), path) is not None
