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

    def plain(self) -> object:
        """The value without marks, as JSON would hold it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


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
