"""Puts one entry into a section of a YAML file; every other line stays as its author wrote it.

For files and entries that `yaml_reader` has read without a fault.
"""

from dataclasses import dataclass, replace

import yaml


class NotEditableError(Exception):
    """The section is written so that lines cannot be put into it: in braces. Where it begins."""

    def __init__(self, node: yaml.Node | None) -> None:
        self.line = node.start_mark.line + 1 if node else 1
        self.column = node.start_mark.column + 1 if node else 1
        super().__init__(f"{self.line}:{self.column}")


@dataclass(frozen=True, slots=True)
class Edited:
    """`first` and `count`: the lines of the entry, from 1, its key being the first; `indent`: so
    far its body was moved in; `removed`: how many lines went.
    """

    text: str
    first: int
    count: int
    removed: int
    indent: int = 4

    def line_before(self, line: int) -> int | None:
        """Where a line stood in the file as it was; None of a new one."""
        if line < self.first:
            return line
        after = line - self.count + self.removed
        return None if line < self.first + self.count else after


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a mapping alone, and how many stood above them in their file."""

    lines: tuple[str, ...]
    above: int


def body_of(text: str) -> Body:
    """A document without what begins and ends it: `%YAML`, `---`, `...`."""
    lines, begin, end = text.splitlines(), 0, None
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
            begin = event.end_mark.line if event.end_mark else 0
            # What stands behind the dashes stays where it is.
            lines[begin] = lines[begin].replace("---", "   ", 1)
        elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
            end = event.start_mark.line if event.start_mark else None
    return Body(tuple(lines[begin:end]), begin)


def with_entry(text: str, section: str, key: str, body: Body, indent: int = 2) -> Edited:
    """The file with `key: body` in the top-level `section`, in place of an entry of that key.

    Raises NotEditableError.
    """
    lines = text.splitlines()
    root = yaml.compose("\n".join(lines) + "\n", Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise NotEditableError(root)
    names = [name for name, _ in root.value]
    ends = [*(name.start_mark.line for name in names[1:]), root.end_mark.line]
    for (name, value), end in zip(root.value, ends, strict=True):
        if name.value == section:
            begin, stop, column = _place(value, key, end, lines)
            if isinstance(value, yaml.ScalarNode) or not value.value:  # `years: {}`, null, nothing
                begin = stop = _emptied(lines, name, value)
                column = name.start_mark.column + indent
            return _put(lines, begin, stop, _entry(key, body, column), column + indent)
    end = root.end_mark.line
    above = ["", f"{section}:"] if end and lines[end - 1].strip() else [f"{section}:"]
    new = [*above, *_entry(key, body, indent)]
    edited = _put(lines, end, end, new, 2 * indent)
    return replace(edited, first=end + len(above) + 1, count=len(new) - len(above))


def _place(value: yaml.Node, key: str, end: int, lines: list[str]) -> tuple[int, int, int]:
    """The lines that the entry replaces, from and to, and the column of its key."""
    if not isinstance(value, yaml.MappingNode) or not value.value:
        return end, end, 0
    if value.flow_style:
        raise NotEditableError(value)
    names = [name for name, _ in value.value]
    ends = [*(name.start_mark.line for name in names[1:]), end]
    column = names[0].start_mark.column
    for name, stop in zip(names, ends, strict=True):
        if name.value == key:
            begin = name.start_mark.line
            return begin, _without_comments(lines, begin, stop), column
    last = _without_comments(lines, names[-1].start_mark.line, end)
    return last, last, column


def _without_comments(lines: list[str], begin: int, end: int) -> int:
    """Where an entry ends: what is said behind it belongs to the next one."""
    while end > begin + 1 and not lines[end - 1].split("#", 1)[0].strip():
        end -= 1
    return end


def _emptied(lines: list[str], name: yaml.Node, value: yaml.Node) -> int:
    """Takes the empty value away and tells the line below its key."""
    if isinstance(value, yaml.MappingNode) and not value.flow_style:
        raise NotEditableError(value)
    begin, end = value.start_mark, value.end_mark
    if begin.line != end.line or begin.line != name.start_mark.line:
        raise NotEditableError(value)
    line = lines[begin.line]
    lines[begin.line] = line[: begin.column].rstrip() + line[end.column :]
    return int(name.start_mark.line) + 1


def _entry(key: str, body: Body, column: int) -> list[str]:
    return [
        f'{" " * column}"{key}":',
        *(f"{' ' * (column + 2)}{line}".rstrip() for line in body.lines),
    ]


def _put(lines: list[str], begin: int, stop: int, new: list[str], indent: int) -> Edited:
    text = "\n".join([*lines[:begin], *new, *lines[stop:]]) + "\n"
    return Edited(text, begin + 1, len(new), stop - begin, indent)
