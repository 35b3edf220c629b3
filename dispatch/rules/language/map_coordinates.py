"""Reads the coordinates of a map as arrays of numbers, apart from everything else in the file.

A district's map has hundreds of thousands of points. Before the YAML reader sees the file, the
coordinates are blanked out where they stand, so that everything else keeps its line and column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

Points = NDArray[np.float64]
Rings = list[Points]

# A ring longer than this takes too much memory on its way through a list.
MOST_IN_A_RING: Final = 250_000
_READ_AS_NUMBERS: Final = (b"true", b"false")  # 1 and 0, if nobody looked
_POINTS_NEEDED: Final = 4
_NUMBERED_RING: Final = 16  # bytes at most of a ring that its number stands for, with brackets
_WRITTEN: Final = re.compile(rb'"coordinates"\s*+:\s*+(\[[^"{}]*\])')
_RING: Final = re.compile(rb"\[\s*+(?:\[[^\[\]]*+\]\s*+,?\s*+)++\]")
_BLANK: Final = bytes(each if each in b"\r\n" else 0x20 for each in range(256))
_SPACE: Final = b" \t\r\n"


class NotPolygonError(ValueError):
    """These coordinates are no polygon; `code` names the fault."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class MapCoordinates:
    """The coordinates of one geometry, as they were written."""

    content: bytes
    start: int
    end: int

    @property
    def points(self) -> int:
        """An upper bound for the number of points."""
        return self.content.count(b"[", self.start, self.end)

    def polygons(self, kind: object) -> list[Rings]:
        """The rings of each polygon of a Polygon or MultiPolygon; raises NotPolygonError."""
        rings: Rings = []

        def keep(ring: re.Match[bytes]) -> bytes:
            rings.append(_ring(ring[0]))
            return str(len(rings) - 1).encode()

        shape = _RING.sub(keep, self.content[self.start : self.end]).translate(None, _SPACE)
        wanted = _numbered(shape, len(rings), kind)
        return [[rings[number] for number in polygon] for polygon in wanted]


def without_coordinates(content: bytes) -> bytes:
    """The same with empty coordinates, every other byte in its place."""
    rest = bytearray(content)
    for written in _WRITTEN.finditer(content):
        first, last = written.start(1) + 1, written.end(1) - 1
        rest[first:last] = content[first:last].translate(_BLANK)
    return bytes(rest)


def coordinates_in(content: bytes) -> Iterator[tuple[tuple[int, int], MapCoordinates]]:
    """The coordinates in their order, each after the line and column, from 0, at which the reader
    will come to them.
    """
    line = column = seen = 0
    for written in _WRITTEN.finditer(content):
        start, end = written.span(1)
        line, column = _moved(content, seen, start, line, column)
        yield (line, column), MapCoordinates(content, start, end)
        seen = start


def _moved(content: bytes, start: int, end: int, line: int, column: int) -> tuple[int, int]:
    """Line and column after these bytes; columns count characters."""
    lines = content.count(b"\n", start, end)
    if lines:
        start = content.rindex(b"\n", start, end) + 1
        column = 0
    return line + lines, column + len(content[start:end].decode("utf-8"))


def _ring(written: bytes) -> Points:
    if written.count(b"[") - 1 > MOST_IN_A_RING:
        raise NotPolygonError("ring_too_long")
    if any(each in written for each in _READ_AS_NUMBERS):
        raise NotPolygonError("not_polygon")
    try:
        points = np.array(orjson.loads(written), dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        raise NotPolygonError("not_polygon") from None
    if points.ndim != 2 or points.shape[0] < _POINTS_NEEDED or points.shape[1] < 2:
        raise NotPolygonError("not_polygon")
    return points[:, :2]


def _numbered(shape: bytes, rings: int, kind: object) -> list[list[int]]:
    """How the rings, by their numbers, make polygons."""
    if len(shape) > rings * _NUMBERED_RING:
        raise NotPolygonError("not_polygon")
    try:
        told: Any = orjson.loads(shape)
    except ValueError:
        raise NotPolygonError("not_polygon") from None
    polygons: list[list[int]] | None = {"Polygon": [told], "MultiPolygon": told}.get(str(kind))
    if not polygons or not all(isinstance(each, list) and each for each in polygons):
        raise NotPolygonError("not_polygon")
    if [number for polygon in polygons for number in polygon] != [*range(rings)]:
        raise NotPolygonError("not_polygon")
    return polygons
