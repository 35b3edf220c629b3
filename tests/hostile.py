"""Requests that nobody meant: broken bodies, picture bombs, `at_once` from many threads."""

import json
import os
import struct
import threading
import uuid
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from dispatch.errors import PROBLEMS
from dispatch.refusals.faults import FAULTS

JSON = {"Content-Type": "application/json"}
REPORT = {
    "category": "E0113",
    "text": "路面塌了一个坑，有半米宽",
    "position": {"lon": 114.0579, "lat": 22.5431},
    "answers": {"urgency": "disrupts"},
}


def sends(person, method: str, path: str, **options: Any) -> Any:
    """The bare answer to one request of a person; `written` is a body as it goes over the line."""
    headers = {"Authorization": f"Bearer {person.token}"} if person.token else {}
    headers |= options.pop("headers", {})
    if (written := options.pop("written", None)) is not None:
        headers, options = JSON | headers, options | {"data": written}
    return person.http.open(path, method=method, headers=headers, **options)


def puts(person, body: object, alert_id: str | None = None, **options: Any) -> Any:
    """A report as somebody's program writes it: NaN, half characters and all."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    path = f"/api/v1/alerts/{alert_id or uuid.uuid4()}"
    return sends(person, "PUT", path, written=written, **options)


def steps(person, alert_id: str, body: object, **options: Any) -> Any:
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    return sends(person, "POST", f"/api/v1/alerts/{alert_id}/steps", written=written, **options)


def named(answer: Any) -> str:
    """The code of a refusal, after looking whether it is one: known, worded, bounded."""
    told = answer.get_json(silent=True)
    assert 400 <= answer.status_code < 500, (answer.status_code, told)
    assert answer.mimetype == "application/problem+json"
    assert answer.status_code == PROBLEMS[told["code"]].status == told["status"]
    assert told["detail"]
    assert not {"{", "problems."} & {*told["detail"].split(".")[:1]}, told["detail"]
    assert all(fault["code"] in FAULTS and fault["detail"] for fault in told["faults"])
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert len(answer.data) < 100_000, "a refusal repeats too much of what was sent"
    return told["code"]


def faults(answer: Any) -> set[tuple[str, str]]:
    return {(fault["field"], fault["code"]) for fault in answer.get_json()["faults"]}


def at_once(deed: Callable[[int], Any], times: int = 8) -> list[Any]:
    """The deed by so many threads at the same moment; what each of them got, errors raised."""
    start, got, broken = threading.Barrier(times), [None] * times, []

    def run(place: int) -> None:
        start.wait(timeout=20)
        try:
            got[place] = deed(place)
        except Exception as failure:  # noqa: BLE001 - raised again below, where pytest sees it
            broken.append(failure)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if broken:
        raise broken[0]
    return got


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def noise(side: int) -> Image.Image:
    """What compresses worst: every pixel of its own colour."""
    return Image.frombytes("RGB", (side, side), os.urandom(side * side * 3))


def bomb(side: int) -> bytes:
    """A small file that unpacks to side × side pixels."""
    row = b"\0" * (1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", pixels), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
