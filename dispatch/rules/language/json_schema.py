"""The parts of which the JSON Schema of a playbook is made."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

Json = dict[str, Any]

TEXT: Final[Json] = {"type": "string"}
FLAG: Final[Json] = {"type": "boolean"}
WHOLE: Final[Json] = {"type": "integer"}
NUMBER: Final[Json] = {"type": "number"}
DATE: Final[Json] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
LIMIT: Final[Json] = {
    "type": "string",
    "pattern": r"^\d+ (minutes|hours|days|work_hours|work_days)$",
}


def enum_of(words: Iterable[str]) -> Json:
    return {"enum": list(words)}


def rows(item: Json, least: int = 0) -> Json:
    return {"type": "array", "items": item, "minItems": least}


def several(item: Json, least: int = 0) -> Json:
    """A list, or one word alone."""
    return {"anyOf": [item, rows(item, least)]}


def section(needs: Mapping[str, Json] | None = None, may: Mapping[str, Json] | None = None) -> Json:
    """A mapping whose keys the language defines."""
    known = {**(needs or {}), **(may or {})}
    told: Json = {"type": "object", "properties": known, "additionalProperties": False}
    return told | ({"required": list(needs)} if needs else {})


def table(of: Json) -> Json:
    """A mapping whose keys are ids chosen by the author."""
    return {"type": "object", "additionalProperties": of}


def defined(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


SOME: Final = several(TEXT, least=1)
TONGUE: Final[Json] = {"type": "string", "pattern": r"^[a-z]{2}$"}
LABEL: Final = {"anyOf": [TEXT, table(TEXT)]}
POINT: Final = section({"lon": NUMBER, "lat": NUMBER})
COUNT: Final = {"anyOf": [WHOLE, section(may={"at_least": WHOLE, "at_most": WHOLE})]}
CLOCK_SPANS: Final = several({"type": "string", "pattern": r"^\d\d:\d\d\s*-\s*\d\d:\d\d$"})
