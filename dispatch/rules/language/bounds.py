"""How much of a file is read before it is refused, and in which encoding."""

from dataclasses import dataclass
from typing import Final

from dispatch.rules.language.encodings import not_utf8
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.nodes import Node

# The parser compares each of these with all before it.
_MOST_DIRECTIVES: Final = 16


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a file is read before it is refused. `line_bytes` 0: lines may be long.

    `points`: of a map's coordinates, which are no values then; 0: this file is no map.
    """

    size: int = 8 * 2**20
    nodes: int = 400_000
    depth: int = 24
    line_bytes: int = 64 * 2**10
    points: int = 0


YAML_BOUNDS: Final = Bounds()
GEOJSON_BOUNDS: Final = Bounds(size=16 * 2**20, line_bytes=0, points=1_000_000)


def is_bounded(content: bytes, file: str, faults: PlaybookFaults, bounds: Bounds) -> bool:
    """Whether it is UTF-8 of a size that is read; what is wrong is written down."""
    if len(content) > bounds.size:
        faults.at_file(file, "too_big", limit=bounds.size)
        return False
    if bounds.line_bytes and (line := _long_line(content, bounds.line_bytes)):
        here = Node(file, line, 1, None)
        faults.add(here, "line_too_long", limit=bounds.line_bytes)
        return False
    if content.startswith(b"%") + content.count(b"\n%") > _MOST_DIRECTIVES:
        faults.at_file(file, "directives")
        return False
    if (found := not_utf8(content)) is not None:
        code, at = found
        faults.add(Node(file, content.count(b"\n", 0, at) + 1, 1, None), code)
        return False
    return True


def _long_line(content: bytes, limit: int) -> int | None:
    for number, line in enumerate(content.split(b"\n"), 1):
        if len(line) > limit:
            return number
    return None
