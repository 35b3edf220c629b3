"""A value of a playbook file together with the place where it stands."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from dispatch.rules.language.map_coordinates import MapCoordinates

Scalar = str | int | float | bool | None


class Node:
    """A value and where it stands: a scalar, a list of nodes, or a dict from text to node; the
    coordinates of a map as they were written.

    `name` is the node of the key under which it stands in a mapping, if it does.
    """

    __slots__ = ("column", "file", "key", "line", "name", "parent", "value")

    def __init__(self, file: str, line: int, column: int, parent: "Node | None") -> None:
        self.file = file
        self.line = line
        self.column = column
        self.parent = parent
        self.key: str | int | None = None
        self.value: Scalar | list[Node] | dict[str, Node] | MapCoordinates = None
        self.name: Node | None = None

    @property
    def path(self) -> str:
        """The way to this node as its author would say it: `rules[3].when.category`."""
        if self.parent is None or self.key is None:
            return ""
        above = self.parent.path
        if isinstance(self.key, int):
            return f"{above}[{self.key}]"
        return f"{above}.{self.key}" if above else self.key

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """Key and value of a mapping; nothing for anything else."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def at_key(self, key: str) -> "Node":
        """Where a key of this mapping stands, to point at a wrong one."""
        inner = self.value[key] if isinstance(self.value, dict) else self
        return inner.name or inner

    @property
    def loose_pair(self) -> "Node | None":
        """The key of a mapping of one pair that has no braces: as an element of a list it is a
        text with a colon more often than a mapping.
        """
        keys = [inner.name for _, inner in self.items() if inner.name]
        if len(keys) == 1 and (keys[0].line, keys[0].column) == (self.line, self.column):
            return keys[0]
        return None

    def plain(self) -> object:
        """The value without marks, as JSON would hold it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def kind_of(node: Node) -> str:
    """What stands there, as an author would say it."""
    if isinstance(node.value, dict):
        return "{…}"
    if isinstance(node.value, list):
        return "[…]"
    if node.value is None or isinstance(node.value, bool):
        return {True: "true", False: "false", None: "null"}[node.value]
    return str(node.value)[:40]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Runs its block without garbage collection: reading makes hundreds of thousands of objects
    that stay, and looking for garbage among them takes two thirds of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
