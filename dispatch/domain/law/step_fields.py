"""Reads what was sent with a step by the fields that the step declares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.reading import (
    DIGESTS,
    LONGEST_NAME,
    NAME,
    NAMED_GRID,
    POSITION,
    TEXT,
    Faults,
    NamedGrid,
    Position,
    Schema,
    echo,
    read_digests,
    read_position,
    read_text,
)

_DASHES = 3  # in a number; an id has more
# What is sent with every step, beside its own fields.
ENVELOPE = frozenset({"step", "client_id", "version", "after", "device_at"})


def read_step_fields(step: Step, body: Mapping[str, Any]) -> dict[str, Any]:
    """The step's fields as values, absent ones left out; raises Refused invalid with every fault at
    once.
    """
    faults = Faults()
    known = {field.name: field for field in step.fields}
    for name in body.keys() - known.keys() - ENVELOPE:
        faults.add(echo(name), "unknown_field", known=", ".join(known))
    values = {
        name: value
        for name, field in known.items()
        if (value := _read(_asked(field, body), body.get(name), faults)) is not None
    }
    faults.refuse()
    return values


def _asked(field: Field, body: Mapping[str, Any]) -> Field:
    """The field as it is asked beside the others: one that they spare may stay empty."""
    return replace(field, required=False) if any(body.get(n) for n in field.spared_by) else field


def _read(field: Field, value: Any, faults: Faults) -> Any:
    if value is None or value in ("", []):
        if field.required:
            faults.add(field.name, "missing")
        return None
    return _KINDS[field.kind].read(field, value, faults)


def _text(field: Field, value: Any, faults: Faults) -> str | None:
    text = read_text(field.name, value, faults)
    if text == "" and field.required:
        faults.add(field.name, "missing")
        return None
    return text


def _choice(field: Field, value: Any, faults: Faults) -> str | None:
    if value not in field.choices:
        known = ", ".join(field.choices)
        faults.add(field.name, "unknown_value", value=echo(value), known=known)
        return None
    return str(value)


def _yes_no(field: Field, value: Any, faults: Faults) -> bool | None:
    if not isinstance(value, bool):
        faults.add(field.name, "wrong_type", wanted="true, false")
        return None
    return value


def _slug(field: Field, value: Any, faults: Faults) -> str | None:
    return read_text(field.name, value, faults, longest=LONGEST_NAME)


def _alert(field: Field, value: Any, faults: Faults) -> str | None:
    """An id in small letters, or an alert's number in capitals, without blanks around it."""
    written = read_text(field.name, value, faults, longest=LONGEST_NAME)
    return written and (written.lower() if written.count("-") > _DASHES else written.upper())


def _photos(field: Field, value: Any, faults: Faults) -> list[str] | None:
    return read_digests(field.name, value, faults)


def _position(field: Field, value: Any, faults: Faults) -> Position | None:
    return read_position(field.name, value, faults)


def _place(field: Field, value: Any, faults: Faults) -> Position | NamedGrid | None:
    """A point `{lon, lat, crs?}`, or the grid in which it is: `{grid}`."""
    if isinstance(value, dict) and value.keys() == {"grid"}:
        grid = read_text(f"{field.name}.grid", value["grid"], faults, longest=LONGEST_NAME)
        return NamedGrid(grid) if grid else None
    return read_position(field.name, value, faults)


def _number(field: Field, value: Any, faults: Faults) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        faults.add(field.name, "wrong_type", wanted="1, 2, 3")
        return None
    return value


def _date(field: Field, value: Any, faults: Faults) -> date | None:
    """A day of the calendar, written 2026-12-20."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except (TypeError, ValueError):
        faults.add(field.name, "not_a_date")
        return None


@dataclass(frozen=True)
class _Kind:
    """How a value of this kind is read, and how it is written, as JSON Schema."""

    read: Callable[[Field, Any, Faults], Any]
    sent: Schema


_KINDS: Mapping[str, _Kind] = {
    "text": _Kind(_text, TEXT),
    "choice": _Kind(_choice, {"type": "string"}),
    "grade": _Kind(_choice, {"type": "string"}),
    "yes_no": _Kind(_yes_no, {"type": "boolean"}),
    "unit": _Kind(_slug, NAME),
    "alert": _Kind(_alert, NAME),
    "person": _Kind(_slug, NAME),
    "photos": _Kind(_photos, DIGESTS),
    "position": _Kind(_position, POSITION),
    "place": _Kind(_place, {"anyOf": [POSITION, NAMED_GRID]}),
    "category": _Kind(_slug, NAME),
    "number": _Kind(_number, {"type": "integer"}),
    "date": _Kind(_date, {"type": "string", "format": "date"}),
}
# The kinds of a step's fields; each has its reader above, and its control on every face.
FIELD_KINDS = tuple(_KINDS)


def sent_as(field: Field) -> Schema:
    """How a value of the field is written, as JSON Schema."""
    schema = _KINDS[field.kind].sent
    return {**schema, "enum": list(field.choices)} if field.choices else schema
