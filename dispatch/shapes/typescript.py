"""Writes the shapes as TypeScript: a file for each noun, and the tables as constants."""

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from textwrap import wrap
from types import MappingProxyType, ModuleType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NotRequired, Union, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from dispatch.shapes import tables, vocabulary
from dispatch.shapes.tables import CONSTANTS, Constant
from dispatch.shapes.vocabulary import OneOf, Sent, Written

# Every module of this room that declares shapes; each becomes a file of this name.
NOUNS: Final = (
    "labels",
    "promise",
    "card",
    "decision",
    "steps",
    "alert",
    "board",
    "lists",
    "forms",
    "places",
    "report",
    "session",
    "words",
    "notices",
    "problem",
    "reports",
    "health",
    "clock",
    "interface",
)
_WORDS: Final = "vocabulary"
_TABLES: Final = "tables"
_HEAD: Final = "// Written by `python -m dispatch.shapes` from dispatch/shapes/: change it there."
_WIDTH: Final = 100

Used = dict[str, str]  # what a file names, by the file that declares it


def written() -> dict[str, str]:
    """The text of every file, by its path below static/src/shared."""
    return {
        "shapes.ts": _door(),
        f"shapes/{_WORDS}.ts": _vocabulary(),
        f"shapes/{_TABLES}.ts": _tables(),
        **{f"shapes/{noun}.ts": _noun(noun) for noun in NOUNS},
    }


def _door() -> str:
    types = [f'export type * from "./shapes/{file}";' for file in (_WORDS, *NOUNS)]
    return _file("What goes over the wire.", [*types, f'export * from "./shapes/{_TABLES}";'], ())


def _vocabulary() -> str:
    marks = [mark for value in vars(vocabulary).values() if (mark := _mark(value))]
    return _file(_about(vocabulary), (), [_assigned(mark.name, _said(mark)) for mark in marks])


def _said(mark: OneOf | Written) -> str:
    return "string" if isinstance(mark, Written) else " | ".join(map(json.dumps, mark.words))


def _tables() -> str:
    words = sorted({each.of for each in CONSTANTS if each.of})
    imports = _imports(dict.fromkeys(words, _WORDS))
    return _file(_about(tables), imports, map(_constant, CONSTANTS))


def _constant(constant: Constant) -> str:
    kind, said = _valued(constant.value, constant.of)
    line = f"export const {constant.name}{kind} = {said};"
    return f"/** {constant.about} */\n{_folded(line)}"


def _valued(
    value: int | str | tuple[object, ...] | Mapping[str, str], of: str | None
) -> tuple[str, str]:
    """The type of a constant, empty where its value says it, and the value."""
    if isinstance(value, int | str):
        return "", json.dumps(value)
    if isinstance(value, tuple):
        return (
            (f": readonly {of}[]", json.dumps(value))
            if of
            else ("", f"{json.dumps(value)} as const")
        )
    pairs = ", ".join(f"{name}: {json.dumps(each)}" for name, each in value.items())
    return f": Readonly<Record<string, {of}>>", f"{{ {pairs} }}"


def _noun(noun: str) -> str:
    module = import_module(f"dispatch.shapes.{noun}")
    used: Used = {}
    shapes = [_shape(shape, used) for shape in _owned(module)]
    elsewhere = {name: file for name, file in used.items() if file != noun}
    return _file(_about(module), _imports(elsewhere), shapes)


def _owned(module: ModuleType) -> Iterator[type]:
    for name, value in vars(module).items():
        is_here = is_typeddict(value) and value.__module__ == module.__name__
        if is_here and not name.startswith("_"):
            yield value


def _shape(shape: type, used: Used) -> str:
    """Written whole: what it takes over from another shape stands in it, too."""
    hints = get_type_hints(shape, include_extras=True)
    fields = [_field(name, hint, used) for name, hint in hints.items()]
    return "\n".join([_told(shape), f"export type {shape.__name__} = {{", *fields, "};"])


def _told(shape: type) -> str:
    lines = inspect.cleandoc(shape.__doc__ or "").splitlines()
    return "/** " + "\n".join([lines[0], *(f" *  {line}".rstrip() for line in lines[1:])]) + " */"


def _field(name: str, hint: Any, used: Used) -> str:
    is_optional = get_origin(hint) is NotRequired
    inner = get_args(hint)[0] if is_optional else hint
    return f"  {name}{'?' if is_optional else ''}: {_typed(inner, used)};"


def _typed(hint: Any, used: Used) -> str:
    """Raises LookupError for what no shape has used yet: teach it here."""
    if is_typeddict(hint):
        used[hint.__name__] = hint.__module__.rpartition(".")[2]
        return str(hint.__name__)
    origin = get_origin(hint)
    return _PLAIN[hint] if origin is None else _BUILT[origin](hint, used)


def _marked(hint: Any, used: Used) -> str:
    mark = _mark(hint)
    if any(isinstance(each, Sent) for each in hint.__metadata__):
        return _typed(hint.__origin__, used)
    if mark is None:
        raise LookupError(f"{hint} is annotated with nothing that TypeScript could say")
    used[mark.name] = _WORDS
    return mark.name


def _mark(value: Any) -> OneOf | Written | None:
    marks = getattr(value, "__metadata__", ())
    return next((mark for mark in marks if isinstance(mark, OneOf | Written)), None)


def _either(hint: Any, used: Used) -> str:
    return " | ".join(dict.fromkeys(_typed(each, used) for each in get_args(hint)))


def _list(hint: Any, used: Used) -> str:
    [item] = get_args(hint)
    is_union = get_origin(item) in {Union, UnionType, Literal}
    return f"({_typed(item, used)})[]" if is_union else f"{_typed(item, used)}[]"


def _tuple(hint: Any, used: Used) -> str:
    return f"[{', '.join(_typed(each, used) for each in get_args(hint))}]"


def _dict(hint: Any, used: Used) -> str:
    """By words of a table: any of them may be missing."""
    key, value = get_args(hint)
    named, kept = _typed(key, used), _typed(value, used)
    whole = f"Record<{named}, {kept}>"
    return whole if key is str else f"Partial<{whole}>"


_PLAIN: Final[Mapping[Any, str]] = MappingProxyType(
    {
        str: "string",
        int: "number",
        float: "number",
        bool: "boolean",
        object: "unknown",
        NoneType: "null",
    }
)
_BUILT: Final[Mapping[Any, Callable[[Any, Used], str]]] = MappingProxyType(
    {
        Annotated: _marked,
        Literal: lambda hint, _used: " | ".join(map(json.dumps, get_args(hint))),
        Union: _either,
        UnionType: _either,
        list: _list,
        tuple: _tuple,
        dict: _dict,
    }
)


def _imports(used: Used) -> Iterator[str]:
    for file in sorted(set(used.values())):
        names = ", ".join(sorted(name for name, where in used.items() if where == file))
        yield f'import type {{ {names} }} from "./{file}";'


def _assigned(name: str, said: str) -> str:
    return _folded(f"export type {name} = {said};")


def _folded(line: str) -> str:
    """A long line goes on below, two spaces further in."""
    if len(line) <= _WIDTH:
        return line
    return "\n  ".join(wrap(line, _WIDTH - 2, break_long_words=False, break_on_hyphens=False))


def _about(module: ModuleType) -> str:
    return (inspect.getdoc(module) or "").splitlines()[0]


def _file(about: str, imports: Iterable[str], parts: Iterable[str]) -> str:
    """Head and imports, then each part below an empty line."""
    head = "\n".join([f"// {about}", _HEAD, *imports])
    return "\n\n".join([head, *parts]) + "\n"
