"""Reads a YAML file from its events, within bounds, every value with its line and column.

PyYAML's own objects would turn 9:30 into 570 and 0310001 into 102401 and keep the last of two
equal keys; its C composer recurses until the process dies. Events do none of that.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import yaml

from dispatch.rules.language.encodings import not_utf8
from dispatch.rules.language.faults import PlaybookFaults, straight
from dispatch.rules.language.library_reasons import yaml_reason
from dispatch.rules.language.map_coordinates import (
    MapCoordinates,
    coordinates_in,
    without_coordinates,
)
from dispatch.rules.language.nodes import Node, Scalar, collector_paused

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
# A comma of Chinese parts nothing: what stands around it in a list is one element.
_WIDE: Final = re.compile("[，、；]")
# The parser compares each of these with all before it.
_MOST_DIRECTIVES: Final = 16
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


def read(
    content: bytes, file: str, faults: PlaybookFaults, bounds: Bounds = YAML_BOUNDS
) -> Node | None:
    """The root node, or None with the reason among the faults. Never raises for any input."""
    content = content.replace(codecs.BOM_UTF8, b"")
    if not _is_bounded(content, file, faults, bounds):
        return None
    outlines = coordinates_in(content) if bounds.points else ()
    builder = _Builder(file, faults, bounds, outlines)
    try:
        with collector_paused():
            return builder.build(without_coordinates(content) if bounds.points else content)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark or broken.context_mark
        if broken.context and "quoted scalar" in broken.context:
            mark = broken.context_mark or mark  # the quotation mark, not the end of the file
        builder.point(mark.line if mark else 0, mark.column if mark else 0)
        line = content.splitlines()[builder.here.line - 1 :][:1]
        is_wide = line and straight(line[0].decode()) != line[0].decode()
        reason = "full_width" if is_wide else yaml_reason(broken.problem or "")
        faults.add(builder.here, "not_yaml", reason=reason)
    except yaml.YAMLError as broken:
        faults.at_file(file, "not_yaml", reason=yaml_reason(str(broken)))
    return None


def _is_bounded(content: bytes, file: str, faults: PlaybookFaults, bounds: Bounds) -> bool:
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


class _Stop(yaml.YAMLError):
    """A fault after which the rest of the file is not read; it is already written down."""


class _Builder:
    """Turns events into nodes with a stack of its own: no depth of nesting can crash it."""

    def __init__(
        self,
        file: str,
        faults: PlaybookFaults,
        bounds: Bounds,
        outlines: Iterable[tuple[tuple[int, int], MapCoordinates]],
    ) -> None:
        self.file = file
        self.faults = faults
        self.bounds = bounds
        self.outlines = iter(outlines)
        self.outline = next(self.outlines, None)
        self.points = 0
        self.here = Node(file, 1, 1, None)
        self.count, self.most = 0, bounds.nodes
        self.root: Node | None = None
        self.holder: Node | None = None  # the list or mapping that is being read
        self.depth = 0
        self.key: Node | None = None  # of a mapping, waiting for its value

    def point(self, line: int, column: int) -> None:
        self.here = Node(self.file, line + 1, column + 1, self.holder)

    def build(self, text: bytes) -> Node | None:
        # Events are Any below: the stubs of PyYAML know neither their marks nor their tags.
        take: Mapping[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            for event in yaml.parse(text, Loader=yaml.CLoader):
                if type(event) in take:
                    take[type(event)](event)
        except _Stop:
            return None
        if self.root is None:
            self.faults.at_file(self.file, "empty_file")
        return self.root

    def _scalar(self, event: Any) -> None:
        node = self._node(event)
        text: str = event.value
        if self.key is None and self.holder is not None and type(self.holder.value) is dict:
            node.key = node.value = text
            self.key = node
            return
        node.value = text if event.style else _plain_value(text)
        self._place(node)
        in_list = self.holder is not None and type(self.holder.value) is list
        if in_list and not event.style and (wide := _WIDE.search(text)):
            self.faults.remark(node, "one_word_in_list", seen=text[:60], mark=wide[0])

    def _node(self, event: Any) -> Node:
        self.count += 1
        if self.count > self.most:
            self._stop(event, "too_many_nodes", limit=self.most)
        if event.anchor is not None:
            self._stop(event, "anchor")
        if event.tag is not None:
            self._stop(event, "tag", tag=event.tag)
        mark = event.start_mark
        return Node(self.file, mark.line + 1, mark.column + 1, self.holder)

    def _open(self, event: Any) -> None:
        node = self._node(event)
        if self.depth >= self.bounds.depth:
            self._stop(event, "too_deep", limit=self.bounds.depth)
        if self.key is None and self.holder is not None and isinstance(self.holder.value, dict):
            self._stop(event, "key_not_text")
        node.value = {} if type(event) is yaml.MappingStartEvent else self._outline(event) or []
        self._place(node)
        self.holder = node
        self.depth += 1

    def _close(self, _: Any) -> None:
        self.holder = self.holder.parent if self.holder else None
        self.depth -= 1

    def _alias(self, event: Any) -> None:
        self._stop(event, "alias")

    def _document(self, event: Any) -> None:
        if self.root is not None:
            self._stop(event, "second_document")

    def _outline(self, event: Any) -> MapCoordinates | None:
        """The coordinates that were blanked out here, if any."""
        mark = event.start_mark
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
        if self.holder is None:
            self.root = node
            return
        inside = self.holder.value
        if type(inside) is dict:
            self._place_in_mapping(node, inside)
        elif type(inside) is list:
            node.key = len(inside)
            inside.append(node)

    def _place_in_mapping(self, node: Node, inside: dict[str, Node]) -> None:
        key, self.key = cast("Node", self.key), None
        node.key = name = cast("str", key.key)
        if name in inside:
            self.faults.add(key, "duplicate_key", name=name, first=inside[name].line)
            return
        node.name = key
        inside[name] = node

    def _stop(self, event: Any, code: str, **params: object) -> None:
        mark = event.start_mark
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
