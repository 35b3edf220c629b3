"""Reads a YAML file from its events, within bounds, every value with its line and column.

PyYAML's own objects would turn 9:30 into 570 and 0310001 into 102401 and keep the last of two
equal keys; its C composer recurses until the process dies. Events do none of that.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

import yaml

from dispatch.rules.language.bounds import YAML_BOUNDS, Bounds, is_bounded
from dispatch.rules.language.faults import PlaybookFaults
from dispatch.rules.language.library_reasons import yaml_reason
from dispatch.rules.language.map_coordinates import (
    MapCoordinates,
    coordinates_in,
    without_coordinates,
)
from dispatch.rules.language.nodes import Node, Scalar, collector_paused
from dispatch.rules.language.unlisted import WIDE
from dispatch.rules.language.yaml_advice import LastScalar, advice

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_WORDS: Final[Mapping[str, Scalar]] = {"true": True, "false": False, "null": None, "": None}


def read(
    content: bytes, file: str, faults: PlaybookFaults, bounds: Bounds = YAML_BOUNDS
) -> Node | None:
    """The root node, or None with the reason among the faults. Never raises for any input."""
    content = content.replace(codecs.BOM_UTF8, b"")
    if not is_bounded(content, file, faults, bounds):
        return None
    outlines = coordinates_in(content) if bounds.points else ()
    builder = _Builder(file, faults, bounds, outlines)
    try:
        with collector_paused():
            return builder.build(without_coordinates(content) if bounds.points else content)
    except yaml.MarkedYAMLError as broken:
        builder.refuse(broken, content)
    except yaml.YAMLError as broken:
        faults.at_file(file, "not_yaml", reason=yaml_reason(str(broken)))
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
        self.last: LastScalar | None = None

    def point(self, line: int, column: int) -> None:
        self.here = Node(self.file, line + 1, column + 1, self.holder)

    def refuse(self, broken: yaml.MarkedYAMLError, content: bytes) -> None:
        """What is no YAML, where it begins: at the quotation mark or the line without a colon, and
        not where the library noticed it.
        """
        began, mark = broken.context_mark, broken.problem_mark or broken.context_mark
        context = broken.context or ""
        if began and "plain scalar" in context:
            self.last = LastScalar(began.line, began.column, plain=True)
        elif began and ("quoted scalar" in context or "simple key" in context):
            mark = began
        here = (mark.line, mark.column) if mark else (0, 0)
        self.point(*here)
        lines = [line.decode() for line in content.splitlines()[max(0, here[0] - 1) : here[0] + 1]]
        told = advice(lines, here, broken.problem or "", self.last)
        self.faults.add(self.here, "not_yaml", **told)

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
        self.last = LastScalar(node.line - 1, node.column - 1, plain=not event.style)
        if self.key is None and self.holder is not None and type(self.holder.value) is dict:
            node.key = node.value = text
            self.key = node
            return
        node.value = text if event.style else _plain_value(text)
        self._place(node)
        in_list = self.holder is not None and type(self.holder.value) is list
        if in_list and not event.style and (wide := WIDE.search(text)):
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
        closed = self.holder
        if closed is not None:
            pair = closed.loose_pair
            self.last = LastScalar(pair.line - 1, pair.column - 1, plain=True) if pair else None
            self.holder = closed.parent
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
