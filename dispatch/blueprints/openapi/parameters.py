"""The parameters of addresses as OpenAPI has them: holes in the path, and what is asked."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from dispatch.domain.law.statuses import STATUSES
from dispatch.domain.reading import DIGEST, UUID, Schema
from dispatch.shapes.filters import MOST_ON_A_PAGE, MOST_WORDS, Filter, Takes
from dispatch.shapes.route import Route

Parameter = dict[str, Any]

HOLE: Final = re.compile(r"{(\w+)}")
LANGUAGE: Final[Parameter] = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of sentences, such as `zh` or `en`.",
    "schema": {"type": "string"},
}
_EMPTY: Final[Schema] = {"type": "string", "maxLength": 0}
_WORD: Final[Schema] = {"type": "string", "minLength": 1}
# What may stand in a hole of an address, and what it means.
_HOLES: Final[Mapping[str, tuple[Schema, str]]] = MappingProxyType(
    {
        "id": (UUID, "The id of an alert: a UUID that whoever reports it makes."),
        "sha256": (DIGEST, "The SHA-256 digest of the photo's bytes, as they are sent."),
        "secret": (_WORD, "The secret of the link."),
        "sign_in_id": (_WORD, "The id of a sign-in, as `GET session/sign-ins` lists it."),
        "language": (_WORD, "A language by its catalogue, such as `zh_Hans_CN`."),
        "filename": (_WORD, "The path of a built file; it may hold slashes."),
        "tongue": (_WORD, "How labels call a language, such as `zh`; the city's own for others."),
    }
)
# By the name of the route, where a hole means something else.
_HOLES_OF: Final[Mapping[str, tuple[Schema, str]]] = MappingProxyType(
    {"read_alert": (_WORD, "The id or the number of an alert.")}
)


def in_path(route: Route) -> Iterator[Parameter]:
    """A parameter for each hole; one that nobody has described here raises LookupError."""
    for name in HOLE.findall(route.path):
        schema, about = _HOLES_OF.get(route.name) or _HOLES[name]
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": about,
            "schema": schema,
        }


def in_query(route: Route) -> Iterator[Parameter]:
    """A parameter for each that the address may be asked with."""
    for asked in route.asks:
        schema, about = _TAKES[asked.takes](asked)
        listed = {"style": "form", "explode": False} if schema["type"] == "array" else {}
        required = {"required": True} if asked.required else {}
        yield {
            "name": asked.name,
            "in": "query",
            **required,
            "description": about,
            "schema": {"anyOf": [schema, _EMPTY]} if asked.may_be_empty else schema,
            **listed,
        }


def _words(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1, "maxItems": MOST_WORDS}


# By what a parameter takes: how it is written, and what that means.
_TAKES: Final[Mapping[Takes, Callable[[Filter], tuple[Schema, str]]]] = MappingProxyType(
    {
        "statuses": lambda _: (
            _words({"type": "string", "enum": list(STATUSES)}),
            "One or several, comma between them.",
        ),
        "words": lambda _: (
            _words({"type": "string", "minLength": 1}),
            "One or several ids that exist, comma between them.",
        ),
        "word": lambda _: (_WORD, "An id that exists."),
        "switch": lambda _: (
            {"type": "string", "enum": ["1", "0"]},
            "1: only these; 0: only others.",
        ),
        "instant": lambda _: (
            {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]},
            "An instant with its offset, or a day of the city's calendar.",
        ),
        "part": lambda _: ({"type": "string"}, "A part of the number, in any spelling."),
        "size": lambda _: (
            {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": 50},
            "How many on a page.",
        ),
        "cursor": lambda _: ({"type": "string"}, "Where the answer before ended."),
        "grouping": lambda asked: (
            {"type": "string", "enum": list(asked.among)},
            "By what the rows are grouped.",
        ),
    }
)
