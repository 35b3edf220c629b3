"""Turns nodes into typed values. Every mistake becomes a fault, and reading goes on."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from dispatch.rules.language.faults import PlaybookFaults, guess
from dispatch.rules.language.labels import CityLabel, Label, same_in_all
from dispatch.rules.language.nodes import Node, kind_of
from dispatch.rules.language.said import (
    remark_blank,
    remark_id,
    remark_name,
    remark_quoted,
    remark_unseen,
)
from dispatch.rules.language.unlisted import tell_unlisted
from dispatch.rules.language.yaml_advice import in_quotes

T = TypeVar("T")
D = TypeVar("D")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def as_text(node: Node, faults: PlaybookFaults) -> str:
    """Text; numbers and yes/no must be put in quotes, so that 0110 cannot lose its zero."""
    if isinstance(node.value, str):
        remark_unseen(node, faults, node.value)
        return node.value
    if (key := node.loose_pair) is not None and isinstance(node.key, int):
        [(_, said)] = node.items()
        text = f"{key.key}: {'' if said.value is None else kind_of(said)}".strip()
        faults.add(node, "colon_in_element", line=in_quotes(text))
    else:
        faults.add(node, "not_text", seen=kind_of(node))
    return ""


def as_integer(node: Node, faults: PlaybookFaults) -> int:
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    faults.add(node, "not_integer", seen=kind_of(node))
    return 0


def as_number(node: Node, faults: PlaybookFaults) -> float:
    if isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    faults.add(node, "not_number", seen=kind_of(node))
    return 0.0


def as_flag(node: Node, faults: PlaybookFaults) -> bool:
    if isinstance(node.value, bool):
        return node.value
    faults.add(node, "not_flag", seen=kind_of(node))
    return False


def as_list(node: Node, faults: PlaybookFaults) -> list[Node]:
    """The items of a list; a single value stands for a list of one."""
    if isinstance(node.value, list):
        return node.value
    if isinstance(node.value, dict) or node.value is None:
        faults.add(node, "not_list", seen=kind_of(node))
        return []
    return [node]


def as_texts(node: Node, faults: PlaybookFaults) -> tuple[str, ...]:
    return tuple(as_text(item, faults) for item in as_list(node, faults))


def as_words(node: Node, faults: PlaybookFaults) -> tuple[str, ...]:
    """Words that are looked for in what people write."""
    for item in as_list(node, faults):
        remark_quoted(item, faults)
    return as_texts(node, faults)


def as_label(node: Node, faults: PlaybookFaults) -> Label:
    """A text by tongue, `{zh: …, en: …}`; a plain text is the same in all, so that no screen is
    half translated. The city's own tongue must be there and stands in for those that are not.
    """
    if isinstance(node.value, str):
        remark_blank(node, faults)
        return same_in_all(as_text(node, faults), faults.tongues)
    return label_of(Section(node, faults, faults.tongues[:1], faults.tongues[1:]))


def as_name(node: Node, faults: PlaybookFaults) -> Label:
    """A label that stands in rows, on buttons and within sentences."""
    for each in (node, *(inner for _, inner in node.items())):
        remark_name(each, faults)
    return as_label(node, faults)


def label_of(section: "Section") -> Label:
    """The texts by tongue that stand among a section's keys."""
    own, *others = section.faults.tongues
    for tongue in section.faults.tongues:
        if (written := section.get(tongue)) is not None:
            remark_blank(written, section.faults)
    words = CityLabel({own: section.text(own)})
    for tongue in others:
        words[tongue] = section.text(tongue) or words[own]
        if tongue not in section:
            section.faults.lacks(tongue, section.node)
    return words


def one_of(
    node: Node, faults: PlaybookFaults, known: Iterable[str], what: str, *, alone: bool = False
) -> str:
    """A word out of `known`, else a fault that names the nearest one. `alone`: it is no list."""
    word = as_text(node, faults)
    words = known if isinstance(known, Mapping | set | frozenset | tuple) else tuple(known)
    if word not in words and isinstance(node.value, str):
        tell_unlisted(node, faults, word, words, f"unknown_{what}", alone=alone)
    return word


def some_of(node: Node, faults: PlaybookFaults, known: Iterable[str], what: str) -> frozenset[str]:
    """One or several words out of `known`, each checked; doubles are mistakes."""
    words: set[str] = set()
    for item in as_list(node, faults):
        word = one_of(item, faults, known, what)
        if word in words:
            faults.add(item, "twice", seen=word)
        words.add(word)
    if not words and isinstance(node.value, list):
        faults.add(node, "empty_list")
    return frozenset(words)


def entries(
    node: Node | None, faults: PlaybookFaults, taken: Collection[str] = ()
) -> Iterator[tuple[str, Node]]:
    """Id and body of a mapping whose keys are ids of the author, other than those `taken`."""
    if node is None:
        return
    if not isinstance(node.value, dict):
        faults.add(node, "not_mapping", seen=kind_of(node))
    for name, inner in node.items():
        remark_id(node.at_key(name), faults, name, taken)
        yield name, inner


class Section:
    """A mapping whose keys the language defines: unknown and missing keys are faults.

    `never`: keys that are known elsewhere, each with the fault that says why not here.
    """

    def __init__(
        self,
        node: Node,
        faults: PlaybookFaults,
        needs: tuple[str, ...] = (),
        may: tuple[str, ...] = (),
        never: Mapping[str, str] = _NOTHING,
    ) -> None:
        self.node = node
        self.faults = faults
        self._fields: dict[str, Node] = dict(node.items())
        if not isinstance(node.value, dict):
            faults.add(node, "not_mapping", seen=kind_of(node))
            return
        known = (*needs, *may)
        for key in [key for key in self._fields if key not in known]:
            if key in never:
                faults.add(node.at_key(key), never[key])
            else:
                faults.add(node.at_key(key), "unknown_key", name=key, **guess(key, known))
        for key in needs:
            if key not in self._fields:
                faults.add(node, "missing_key", name=key)

    def get(self, key: str) -> Node | None:
        """The node of a key; None where it is absent or null."""
        node = self._fields.get(key)
        return None if node is None or node.value is None else node

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def part(self, key: str, needs: tuple[str, ...] = (), may: tuple[str, ...] = ()) -> "Section":
        """The section under a key; an empty one, with no fault, where the key is absent."""
        node = self.get(key)
        if node is not None:
            return Section(node, self.faults, needs, may)
        return Section(self._nothing(), PlaybookFaults())

    def read(self, key: str, how: Callable[[Node, PlaybookFaults], T], default: D) -> T | D:
        node = self.get(key)
        return default if node is None else how(node, self.faults)

    def needed(self, key: str, how: Callable[[Node, PlaybookFaults], T]) -> T:
        """The value of a key that must be there; where it is missing, which was told, what its
        reader makes of nothing.
        """
        node = self.get(key)
        if node is None:
            return how(self._nothing(), PlaybookFaults(self.faults.tongues))
        return how(node, self.faults)

    def _nothing(self) -> Node:
        """An empty value that stands where the section stands."""
        return Node(self.node.file, self.node.line, self.node.column, None)

    def text(self, key: str, default: str = "") -> str:
        return self.read(key, as_text, default)

    def label(self, key: str = "label") -> Label:
        """A name under `label`, a sentence under any other key."""
        how = as_name if key == "label" else as_label
        return self.read(key, how, same_in_all("", self.faults.tongues))

    def integer(self, key: str, default: int = 0) -> int:
        return self.read(key, as_integer, default)

    def count(self, key: str, default: int = 0, *, least: int = 0, most: int) -> int:
        """A whole number between two others, inclusive."""
        node, seen = self.get(key), self.integer(key, default)
        if node is not None and not least <= seen <= most:
            self.faults.add(node, "out_of_range", seen=seen, least=least, most=most)
            return default
        return seen

    def number(self, key: str, default: float = 0.0) -> float:
        return self.read(key, as_number, default)

    def flag(self, key: str, *, default: bool = False) -> bool:
        return self.read(key, as_flag, default)

    def texts(self, key: str) -> tuple[str, ...]:
        return self.read(key, as_texts, ())

    def items(self, key: str) -> list[Node]:
        return self.read(key, as_list, [])

    def choice(self, key: str, known: Iterable[str], what: str, default: str) -> str:
        node = self.get(key)
        return default if node is None else one_of(node, self.faults, known, what, alone=True)

    def reference(self, key: str, known: Iterable[str], what: str) -> str | None:
        """An id defined elsewhere in the playbook, or None where nothing is said."""
        node = self.get(key)
        return None if node is None else one_of(node, self.faults, known, what, alone=True)
