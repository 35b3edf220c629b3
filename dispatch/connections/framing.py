"""Finds where a request ends in the bytes of a connection (RFC 9112), before anybody parses it.

Whatever is odd is `torn`: the parser gets it as it is and refuses it, and the connection ends.
"""

import re
from typing import Final

_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"[0-9]{1,18}")
_CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(;[^\r\n]*)?\r\n")
_EXPECT: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
_LONGEST_LINE: Final = 8190

Fields = list[tuple[bytes, bytes, bytes]]


class ArrivingRequest:
    """The framing of one request, fed with bytes as they arrive."""

    def __init__(self, max_head: int, max_body: int) -> None:
        self._max_head = max_head
        self._left = max_body
        self._head = bytearray()
        self._body: Length | Chunks | None = None
        self.is_torn = False
        self.wants_continue = False  # the client asks for leave to send its body
        self.upgrades = False  # to another protocol

    @property
    def has_begun(self) -> bool:
        return bool(self._head) or self.has_head

    @property
    def has_head(self) -> bool:
        return self._body is not None

    @property
    def is_whole(self) -> bool:
        return self.is_torn or (self._body is not None and self._body.is_over)

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """Bytes for the parser, and those that belong to the next request."""
        if self._body is not None:
            return self._feed_body(self._body, data)
        searched = max(0, len(self._head) - len(_END) + 1)
        self._head += data if self._head else data.lstrip(b"\r\n")
        end = self._head.find(_END, searched) + len(_END)
        is_there = end >= len(_END)
        self.is_torn = (end if is_there else len(self._head)) > self._max_head
        if is_there and not self.is_torn:
            return self._feed_head(bytes(self._head[:end]), bytes(self._head[end:]))
        return (bytes(self._head) if self.is_torn else b""), b""

    def _feed_head(self, head: bytes, rest: bytes) -> tuple[bytes, bytes]:
        fields = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
        body = _body_of(fields)
        self.upgrades = bool(_values(fields, b"upgrade"))
        self.is_torn = body is None
        self._body = body or Length(0)
        kept, after = self._feed_body(self._body, rest)
        if not self.is_whole and _EXPECT.search(head):  # answered here: no need to answer it again
            self.wants_continue = True
            head = _EXPECT.sub(b"", head)
        return head + kept, after

    def _feed_body(self, body: "Length | Chunks", data: bytes) -> tuple[bytes, bytes]:
        mine = body.take(data)
        self._left -= mine
        self.is_torn |= body.is_torn or self._left < 0
        return data[:mine], data[mine:]


class Length:
    """A body of known length."""

    is_torn = False

    def __init__(self, length: int) -> None:
        self._left = length

    @property
    def is_over(self) -> bool:
        return not self._left

    def take(self, data: bytes) -> int:
        """How many of these bytes belong to the body."""
        taken = min(self._left, len(data))
        self._left -= taken
        return taken


class Chunks:
    """A body in chunks, which ends with an empty one and the trailers behind it."""

    def __init__(self) -> None:
        self._chunk = Length(0)  # with its line end
        self._line = bytearray()
        self._in_trailers = False
        self.is_over = False
        self.is_torn = False

    def take(self, data: bytes) -> int:
        """How many of these bytes belong to the body."""
        at = 0
        while at < len(data) and not (self.is_over or self.is_torn):
            at += self._chunk.take(data[at:]) or self._take_line(data, at)
        return at

    def _take_line(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at) + 1
        self._line += data[at : end or len(data)]
        taken = (end or len(data)) - at
        if end:
            self._end_line(bytes(self._line))
            self._line.clear()
        self.is_torn |= len(self._line) > _LONGEST_LINE
        return taken

    def _end_line(self, line: bytes) -> None:
        if self._in_trailers:
            self.is_over, self.is_torn = line == b"\r\n", not line.endswith(b"\r\n")
            return
        chunk = _CHUNK.fullmatch(line)
        size = int(chunk[1], 16) if chunk else 0
        self.is_torn = chunk is None
        self._in_trailers = not size
        self._chunk = Length(size + 2 if size else 0)


def _body_of(fields: Fields) -> Length | Chunks | None:
    """What follows a head; None where it contradicts itself or nobody can say."""
    lengths = _values(fields, b"content-length")
    codings = _values(fields, b"transfer-encoding")
    if codings:
        return Chunks() if not lengths and codings == [b"chunked"] else None
    if lengths:
        known = len(lengths) == 1 and _LENGTH.fullmatch(lengths[0])
        return Length(int(lengths[0])) if known else None
    return Length(0)


def _values(fields: Fields, wanted: bytes) -> list[bytes]:
    return [value.strip(b" \t").lower() for name, _, value in fields if name.lower() == wanted]
