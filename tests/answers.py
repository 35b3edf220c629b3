"""Holds each answer of the city to the shape declared for its address: no key more, none less."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from dispatch.blueprints.openapi.refusals import codes_of
from dispatch.shapes.problem import ProblemBody
from dispatch.shapes.route import Route
from dispatch.shapes.routes import ROUTES

API = "/api/v1/"
HOLE = re.compile(r"{\w+}")
JSON = "application/json"
PROBLEM = "application/problem+json"


# What people read as it stands, and what must not stand in it: an instant as machines write it.
SENTENCES = {"sentence", "detail", "title", "label", "value_label", "words", "notices"}
RAW_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def check_answer(response: Any) -> None:
    """Raises pydantic's ValidationError where the answer is not what is declared, AssertionError
    where a sentence in it says an instant as machines write it.
    """
    raw = [said for said in sentences(response.get_json(silent=True)) if RAW_INSTANT.search(said)]
    assert not raw, f"say these times in local words: {raw}"
    method, path = response.request.method, response.request.path
    if response.status_code >= 400:
        if response.mimetype == PROBLEM:
            check(ProblemBody, response.get_data())
            _check_refusal(method, path, response.get_json()["code"])
        return
    declared = _shape(method, path)
    if declared is not None:
        check(declared, response.get_data())
    else:
        assert response.mimetype != JSON, f"{method} {path} answers JSON of no declared shape"


def _check_refusal(method: str, path: str, code: str) -> None:
    """Whoever reads the document is never refused by a code that it does not name there."""
    for route in _routes(method, path)[:1]:
        says = f"{method} {path} refuses {code}: name it in the `refuses` of shapes/routes.py"
        assert code in codes_of(route), says


def sentences(answer: Any, name: str = "") -> Iterator[str]:
    """Every text of an answer that stands under one of the SENTENCES."""
    if isinstance(answer, dict):
        for inner, value in answer.items():
            yield from sentences(value, inner)
    elif isinstance(answer, list):
        for value in answer:
            yield from sentences(value, name)
    elif isinstance(answer, str) and name in SENTENCES:
        yield answer


def check(shape: Any, written: bytes) -> None:
    """As JSON, strictly: a number is no text, and what nobody declared is not sent."""
    _adapter(shape).validate_json(written, strict=True, extra="forbid")


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _shape(method: str, path: str) -> Any:
    if not path.startswith(API) and path not in {route.path for route in ROUTES}:
        return None  # a page or a file
    found = _routes(method, path)
    assert found, f"{method} {path} stands in no line of dispatch/shapes/routes.py"
    return found[0].answers


def _routes(method: str, path: str) -> list[Route]:
    """The lines of the table that an address is one of."""
    named = path.removeprefix(API)
    return [route for route in ROUTES if route.method == method and _holds(route.path, named)]


@cache
def _holds(route: str, path: str) -> bool:
    parts = (re.escape(part) for part in HOLE.split(route))
    return re.fullmatch("[^/.]+".join(parts), path) is not None
