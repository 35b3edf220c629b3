"""What is a value of a playbook file, and where does it stand?"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

Scalar = str | int | float | bool | None

_NO_KEYS: Final[Mapping[str, "Node"]] = MappingProxyType({})


class Node:
    """A value and where it stands: a scalar, a list of nodes, or a dict from text to node.

    `keys` holds the nodes of a dict's keys, so that a wrong key can be pointed at.
    """

    __slots__ = ("column", "file", "key", "keys", "line", "parent", "value")

    def __init__(self, file: str, line: int, column: int, parent: "Node | None") -> None:
        self.file = file
        self.line = line
        self.column = column
        self.parent = parent
        self.key: str | int | None = None
        self.value: Scalar | list[Node] | dict[str, Node] = None
        self.keys: Mapping[str, Node] = _NO_KEYS

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

    def plain(self) -> object:
        """The value without marks, as JSON would hold it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hundreds of thousands of long-lived objects: looking for garbage among them takes two
    thirds of the time, and there is none.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
