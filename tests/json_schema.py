"""A checker for the part of JSON Schema that the playbook's schema uses: `faults(…)`."""

import re

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}
KNOWN = {
    *("$schema", "$defs", "$ref", "title", "type", "properties", "additionalProperties"),
    *("required", "items", "minItems", "minProperties", "anyOf", "enum", "const", "pattern"),
    *("minimum", "maximum"),
}


def faults(value, schema, whole, at=""):
    """Where a value breaks a schema; nothing where it is allowed."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    if "anyOf" in schema:
        tried = [list(faults(value, each, whole, at)) for each in schema["anyOf"]]
        if all(tried):
            yield from min(tried, key=lambda found: -max(map(len, found)))
        return
    if not _is_type(value, schema.get("type")):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    yield from _scalar(value, schema, at)
    if isinstance(value, dict):
        yield from _mapping(value, schema, whole, at)
    if isinstance(value, list):
        yield from _list(value, schema, whole, at)


def _list(value, schema, whole, at):
    if len(value) < schema.get("minItems", 0):
        yield f"{at}: too short"
    for number, item in enumerate(value):
        yield from faults(item, schema.get("items", {}), whole, f"{at}[{number}]")


def _is_type(value, wanted):
    if wanted is None:
        return True
    every = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in every
    return any(isinstance(value, TYPES[each]) for each in every if each != "boolean")


def _scalar(value, schema, at):
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not look right"
    if "minimum" in schema and not schema["minimum"] <= value <= schema["maximum"]:
        yield f"{at}: {value!r} is out of range"


def _mapping(value, schema, whole, at):
    if len(value) < schema.get("minProperties", 0):
        yield f"{at}: empty"
    for key in schema.get("required", ()):
        if key not in value:
            yield f"{at}: {key} is missing"
    known, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    for key, inner in value.items():
        if key not in known and others is False:
            yield f"{at}.{key}: unknown"
        else:
            yield from faults(inner, known.get(key, others), whole, f"{at}.{key}")
