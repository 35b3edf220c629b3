"""How is a playbook file read? From YAML events, bounded, every value with its line and column.

PyYAML's objects turn 9:30 into 570 and 0310001 into 102401 and keep the last of two equal keys;
its C composer recurses until the process dies. Events do none of that.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast

import yaml

from dispatch.rules.drawn import Drawn, drawn, set_apart
from dispatch.rules.faults import Faults
from dispatch.rules.nodes import Node, Scalar, collector_paused
from dispatch.rules.reasons import yaml_reason

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_WORDS: Final[Mapping[str, Scalar]] = {"true": True, "false": False, "null": None, "": None}


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


def read(content: bytes, file: str, faults: Faults, bounds: Bounds = YAML_BOUNDS) -> Node | None:
    """The root node, or None with the reason among the faults. Never raises for any input."""
    if not _is_bounded(content, file, faults, bounds):
        return None
    outlines = drawn(content) if bounds.points else ()
    builder = _Builder(file, faults, bounds, outlines)
    try:
        with collector_paused():
            return builder.build(set_apart(content) if bounds.points else content)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        builder.point(mark.line if mark else 0, mark.column if mark else 0)
        faults.add(builder.here, "not_yaml", reason=yaml_reason(broken.problem or ""))
    except yaml.YAMLError as broken:
        faults.at_file(file, "not_yaml", reason=yaml_reason(str(broken)))
    return None


def _is_bounded(content: bytes, file: str, faults: Faults, bounds: Bounds) -> bool:
    """Whether it is UTF-8 of a size that is read; what is wrong is written down."""
    if len(content) > bounds.size:
        faults.at_file(file, "too_big", limit=bounds.size)
        return False
    if bounds.line_bytes and (line := _long_line(content, bounds.line_bytes)):
        here = Node(file, line, 1, None)
        faults.add(here, "line_too_long", limit=bounds.line_bytes)
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as broken:
        here = Node(file, content.count(b"\n", 0, broken.start) + 1, 1, None)
        faults.add(here, "not_utf8")
        return False
    return True


def _long_line(content: bytes, limit: int) -> int | None:
    for number, line in enumerate(content.split(b"\n"), 1):
        if len(line) > limit:
            return number
    return None


class _Stop(yaml.YAMLError):
    """A fault after which the rest of the file is not read; it is already written down."""


class _Builder:
    """Turns events into nodes with a stack of its own: no depth of nesting can crash it."""

    def __init__(
        self,
        file: str,
        faults: Faults,
        bounds: Bounds,
        outlines: Iterable[tuple[tuple[int, int], Drawn]],
    ) -> None:
        self.file = file
        self.faults = faults
        self.bounds = bounds
        self.outlines = iter(outlines)
        self.outline = next(self.outlines, None)
        self.points = 0
        self.here = Node(file, 1, 1, None)
        self.count = 0
        self.stack: list[Node] = []
        self.pending: list[Node | None] = []
        self.root: Node | None = None

    def point(self, line: int, column: int) -> None:
        parent = self.stack[-1] if self.stack else None
        self.here = Node(self.file, line + 1, column + 1, parent)

    def build(self, text: bytes) -> Node | None:
        try:
            for event in yaml.parse(text, Loader=yaml.CLoader):
                self._take(event)
        except _Stop:
            return None
        if self.root is None:
            self.faults.at_file(self.file, "empty_file")
        return self.root

    def _take(self, event: yaml.Event) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.stack.pop()
            self.pending.pop()
        elif kind is yaml.AliasEvent:
            self._stop(event, "alias")
        elif kind is yaml.DocumentStartEvent and self.root is not None:
            self._stop(event, "second_document")

    def _node(self, event: yaml.Event) -> Node:
        mark = cast("yaml.Mark", event.start_mark)
        self.count += 1
        parent = self.stack[-1] if self.stack else None
        node = Node(self.file, mark.line + 1, mark.column + 1, parent)
        if self.count > self.bounds.nodes:
            self._stop(event, "too_many_nodes", limit=self.bounds.nodes)
        started = cast("yaml.ScalarEvent", event)
        if started.anchor is not None:
            self._stop(event, "anchor")
        if started.tag is not None:
            self._stop(event, "tag", tag=started.tag)
        return node

    def _scalar(self, event: yaml.Event) -> None:
        node = self._node(event)
        scalar = cast("yaml.ScalarEvent", event)
        node.value = scalar.value if scalar.style else _plain_value(scalar.value)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.pending[-1] is None:
            node.key = scalar.value
            self.pending[-1] = node
            return
        self._place(node)

    def _open(self, event: yaml.Event) -> None:
        node = self._node(event)
        if len(self.stack) >= self.bounds.depth:
            self._stop(event, "too_deep", limit=self.bounds.depth)
        is_key = bool(self.stack) and self.pending[-1] is None
        if is_key and isinstance(self.stack[-1].value, dict):
            self._stop(event, "key_not_text")
        if type(event) is yaml.MappingStartEvent:
            node.value = {}
        else:
            node.value = self._outline(event) or []
        self._place(node)
        self.stack.append(node)
        self.pending.append(None)

    def _outline(self, event: yaml.Event) -> Drawn | None:
        """The coordinates that were set apart here, if any."""
        mark = cast("yaml.Mark", event.start_mark)
        here = (mark.line, mark.column)
        while self.outline and self.outline[0] < here:  # in a comment, or quoted
            self.outline = next(self.outlines, None)
        if self.outline is None or self.outline[0] != here:
            return None
        found = self.outline[1]
        self.points += found.points
        if self.points > self.bounds.points:
            self._stop(event, "too_many_points", limit=self.bounds.points)
        return found

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        holder = self.stack[-1].value
        if isinstance(holder, list):
            node.key = len(holder)
            holder.append(node)
        elif isinstance(holder, dict):
            self._place_in_mapping(node, holder)

    def _place_in_mapping(self, node: Node, holder: dict[str, Node]) -> None:
        key = cast("Node", self.pending[-1])
        self.pending[-1] = None
        name = cast("str", key.key)
        node.key = name
        if name in holder:
            self.faults.add(key, "duplicate_key", name=name, first=holder[name].line)
            return
        node.name = key
        holder[name] = node

    def _stop(self, event: yaml.Event, code: str, **params: object) -> None:
        mark = cast("yaml.Mark", event.start_mark)
        self.point(mark.line, mark.column)
        self.faults.add(self.here, code, **params)
        raise _Stop


def _plain_value(text: str) -> Scalar:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text
