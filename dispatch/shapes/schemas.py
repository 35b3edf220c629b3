"""Writes the shapes as JSON Schema: each noun and each word once, by its name."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from dispatch.domain.reading import Schema
from dispatch.shapes.vocabulary import OneOf, Sent, Written

_WHERE: Final = "#/components/schemas/"
NULL: Final[Schema] = {"type": "null"}


@dataclass
class Schemas:
    """The schemas of a document. `of` writes a hint, what has a name into `named`."""

    named: dict[str, Schema] = field(default_factory=dict)

    def of(self, hint: Any) -> Schema:
        """Raises LookupError for what no shape has used yet: teach it here."""
        if is_typeddict(hint):
            return self._shape(hint)
        origin = get_origin(hint)
        return _PLAIN[hint] if origin is None else _BUILT[origin](self, hint)

    def name(self, name: str, schema: Schema) -> Schema:
        """A reference to a schema that is written among the named ones."""
        self.named.setdefault(name, schema)
        return {"$ref": f"{_WHERE}{name}"}

    def sent(self, schema: Schema) -> Schema:
        """What a reader takes: what it titles gets a name, also deep within."""
        return dict(self._titled(schema))

    def closed(self, shape: type) -> Schema:
        """A body that is sent: nothing but what it declares."""
        self._shape(shape)
        self.named[shape.__name__] |= {"additionalProperties": False}  # type: ignore[operator]
        return {"$ref": f"{_WHERE}{shape.__name__}"}

    def written(self, shape: type) -> dict[str, Any]:
        """A shape whole, with the names of what it holds, but without its own."""
        hints = get_type_hints(shape, include_extras=True)
        required = [name for name, hint in hints.items() if not _may_miss(hint)]
        return {
            "type": "object",
            "description": " ".join(inspect.cleandoc(shape.__doc__ or "").split()),
            "properties": {name: self.of(_unwrapped(hint)) for name, hint in hints.items()},
            **({"required": required} if required else {}),
        }

    def _shape(self, shape: type) -> Schema:
        if shape.__name__ not in self.named:
            self.named[shape.__name__] = {}  # it may hold itself
            self.named[shape.__name__] = self.written(shape)
        return {"$ref": f"{_WHERE}{shape.__name__}"}

    def _titled(self, schema: Any) -> Any:
        if isinstance(schema, list):
            return [self._titled(each) for each in schema]
        if not isinstance(schema, Mapping):
            return schema
        inner = {key: self._titled(value) for key, value in schema.items()}
        title = inner.pop("title", None)
        return inner if title is None else self.name(title, inner)


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    kind = schema.get("type")
    if "enum" in schema or not isinstance(kind, str):
        return {"anyOf": [*schema.get("anyOf", [schema]), NULL]}
    return {**schema, "type": [kind, "null"]}


def _unwrapped(hint: Any) -> Any:
    return get_args(hint)[0] if _may_miss(hint) else hint


def _may_miss(hint: Any) -> bool:
    return get_origin(hint) is NotRequired


def _marked(schemas: Schemas, hint: Any) -> Schema:
    for mark in hint.__metadata__:
        if isinstance(mark, OneOf):
            return schemas.name(mark.name, {"type": "string", "enum": list(mark.words)})
        if isinstance(mark, Written):
            schema = {"type": "string", "pattern": f"^(?:{mark.pattern})$"}
            return schemas.name(mark.name, schema)
        if isinstance(mark, Sent):
            sent = schemas.sent(mark.schema)
            return or_null(sent) if NoneType in get_args(hint.__origin__) else sent
    raise LookupError(f"{hint} is annotated with nothing that JSON Schema could say")


def _either(schemas: Schemas, hint: Any) -> Schema:
    written = [schemas.of(each) for each in get_args(hint) if each is not NoneType]
    one = written[0] if len(written) == 1 else {"anyOf": written}
    return or_null(one) if NoneType in get_args(hint) else one


def _tuple(schemas: Schemas, hint: Any) -> Schema:
    """Only of one kind: several have been nobody's wish."""
    [item], length = {*get_args(hint)}, len(get_args(hint))
    return {"type": "array", "items": schemas.of(item), "minItems": length, "maxItems": length}


def _dict(schemas: Schemas, hint: Any) -> Schema:
    """By words of a table: any of them may be missing."""
    key, value = get_args(hint)
    names = {} if key is str else {"propertyNames": schemas.of(key)}
    return {"type": "object", "additionalProperties": schemas.of(value), **names}


_PLAIN: Final[Mapping[Any, Schema]] = MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        float: {"type": "number"},
        bool: {"type": "boolean"},
        object: {"description": "Whatever JSON can say: what it is hangs on the playbook."},
        NoneType: NULL,
    }
)
_BUILT: Final[Mapping[Any, Callable[[Schemas, Any], Schema]]] = MappingProxyType(
    {
        Annotated: _marked,
        Literal: lambda _, hint: {"type": "string", "enum": list(get_args(hint))},
        Union: _either,
        UnionType: _either,
        list: lambda schemas, hint: {"type": "array", "items": schemas.of(get_args(hint)[0])},
        tuple: _tuple,
        dict: _dict,
    }
)
