"""Reading a request's JSON body and parameters: bounded, strict, every oddity a named refusal."""

import io
import json
import math
from collections.abc import Callable
from typing import Any, Final, NoReturn

from flask import request

from dispatch.blueprints.request_access import store
from dispatch.domain.reading import Faults, echo
from dispatch.errors import Refused

# How much of a body that is too large is still read: a client that writes on and is cut off sees
# a broken connection instead of the refusal.
DRAIN: Final = 16 * 1024 * 1024
DEEPEST: Final = 32
_CHUNK: Final = 64 * 1024


def body() -> dict[str, Any]:
    """The request's JSON object; raises Refused unsupported_media, too_large or not_json."""
    if request.mimetype != "application/json":
        raise Refused("unsupported_media", wanted="application/json")
    return read_object(read_bytes(store().settings.body_max_kib))


def in_megabytes(kib: int) -> str:
    """As people know sizes: 15, 1, 0.5."""
    return f"{kib / 1024:.3g}"


def asked_once() -> dict[str, str]:
    """The parameters of the address; raises Refused invalid for one that is named twice: nobody
    could say which was meant.
    """
    faults = Faults()
    for name, written in request.args.lists():
        if len(written) > 1:
            faults.add(echo(name), "repeated")
    faults.refuse()
    return request.args.to_dict()


def read_bytes(max_kib: int, take: Callable[[int], object] = int) -> bytes:
    """The body as it was sent; raises Refused too_large after draining it within reason, and
    bad_request where it breaks off or its parts are not what they say. `take` is told the size of
    each part before it is kept, and may refuse it.
    """
    kept, size = io.BytesIO(), 0
    while size <= DRAIN and (chunk := _next_chunk()):
        size += len(chunk)
        if size <= max_kib * 1024:
            take(len(chunk))
            kept.write(chunk)
    if size > max_kib * 1024:
        raise Refused("too_large", max_mb=in_megabytes(max_kib))
    return kept.getvalue()


def _next_chunk() -> bytes:
    try:
        return request.stream.read(_CHUNK)
    except Exception:  # noqa: BLE001 - every WSGI server says in its own way that a body is torn
        raise Refused("bad_request") from None


def read_object(raw: bytes) -> dict[str, Any]:
    """A JSON object in strict UTF-8: no doubled keys, no NaN, no half characters, not too deep."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_without_doubles,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
        if b"\\u" in raw:  # an escape can write half a character, which no database takes
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise Refused("not_json") from None
    if not isinstance(value, dict) or _is_deeper(value, DEEPEST):
        raise Refused("not_json")
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ValueError("a key occurs twice")
    return whole


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"{written} is out of range")
    return number


def _is_deeper(value: object, most: int) -> bool:
    """Level by level, without recursion: the depth is what is in doubt."""
    level = [value]
    for _ in range(most):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
