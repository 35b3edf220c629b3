"""What requests send and answers hold, as OpenAPI has it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dispatch.domain.law.rows.step import Field, Step
from dispatch.domain.law.step_fields import sent_as
from dispatch.domain.law.steps import STEPS
from dispatch.shapes.route import Route
from dispatch.shapes.schemas import Schemas, or_null
from dispatch.shapes.steps import StepBody
from dispatch.translations import LANGUAGES, catalogue

JSON: Final = "application/json"
_FILE: Final = {"type": "string", "format": "binary"}
_KEPT: Final = {"ETag": {"schema": {"type": "string"}}}


def request_body(route: Route, schemas: Schemas) -> dict[str, Any] | None:
    """What is sent with it; None: nothing."""
    if route.body is not None:
        is_step = route.body is StepBody
        schema = _any_step(schemas) if is_step else schemas.closed(route.body)
        shown = {"examples": _EXAMPLES[route.name]} if route.name in _EXAMPLES else {}
        return _required({JSON: {"schema": schema, **shown}})
    if route.sends:
        return _required({kind: {"schema": _FILE} for kind in route.sends})
    return None


def _required(content: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": content}


def answers(route: Route, schemas: Schemas) -> Iterator[tuple[str, dict[str, Any]]]:
    """By status, what comes back when nothing is refused."""
    headers = {"headers": _KEPT} if route.is_kept else {}
    content = _content(route, schemas)
    if not content:
        yield "204", {"description": "Done."}
        return
    yield (
        "200",
        {
            "description": "The same as before." if route.makes else "Here it is.",
            **content,
            **headers,
        },
    )
    if route.makes:
        yield "201", {"description": "Taken in.", **content}
    if route.is_kept:
        yield "304", {"description": "The same as the `ETag` that was shown.", **headers}


def _content(route: Route, schemas: Schemas) -> dict[str, Any]:
    if route.answers is not None:
        return {"content": {JSON: {"schema": schemas.of(route.answers)}}}
    return {"content": {kind: {"schema": _FILE} for kind in route.file}} if route.file else {}


def _any_step(schemas: Schemas) -> dict[str, Any]:
    """One of the steps that people take, told apart by its name."""
    named = {
        step.name: schemas.name(_title(step), _step(step, schemas))["$ref"]
        for step in STEPS.values()
        if step.is_over_http and not step.later
    }
    return {
        "oneOf": [{"$ref": where} for where in named.values()],
        "discriminator": {"propertyName": "step", "mapping": named},
    }


def _title(step: Step) -> str:
    """`CallSupportStep` of `call_support`."""
    return "".join(part.capitalize() for part in step.name.split("_")) + "Step"


def _step(step: Step, schemas: Schemas) -> dict[str, Any]:
    """Its envelope and its fields; of one that moves the alert with the version or `after`."""
    envelope = schemas.written(StepBody)
    version = " Send the `version` that was seen, or `after`." if step.needs_version else ""
    required = [field.name for field in step.fields if field.required and not field.spared_by]
    return {
        "type": "object",
        "description": f"{_words(f'step.{step.name}')}.{version}",
        "properties": {
            **envelope["properties"],
            "step": {"type": "string", "const": step.name},
            **{field.name: _field(step, field, schemas) for field in step.fields},
        },
        "required": [*envelope["required"], *required],
        "additionalProperties": False,
    }


def _field(step: Step, field: Field, schemas: Schemas) -> dict[str, Any]:
    schema = schemas.sent(sent_as(field))
    written = schema if field.required and not field.spared_by else or_null(schema)
    return {**written, "description": _words(f"field.{step.name}.{field.name}")}


def _words(key: str) -> str:
    """In both languages of the package."""
    return " · ".join(catalogue(language)[f"words.{key}"] for language in LANGUAGES)


# By the name of the address, what somebody might send.
_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "report_alert": {
        "hole": {
            "summary": "A hole in the road, where the device says",
            "value": {
                "category": "E0113",
                "text": "路面塌了一个坑，有半米宽",
                "position": {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"},
                "answers": {"urgency": "disrupts"},
            },
        },
    },
    "take_step": {
        "sign": {
            "summary": "The lead unit signs",
            "value": {
                "step": "sign",
                "client_id": "7d9f5b0e-3f0a-4c55-9a59-0c4b5c1f2a10",
                "version": 1,
                "note": "十点前到",
            },
        },
        "urge": {
            "summary": "The street urges",
            "value": {"step": "urge", "client_id": "7d9f5b0e-3f0a-4c55-9a59-0c4b5c1f2a11"},
        },
    },
}
