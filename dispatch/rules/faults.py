"""What is wrong in a playbook, and exactly where."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dispatch.translations import translate

if TYPE_CHECKING:
    from dispatch.rules.nodes import Node

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class PlaybookFault:
    """One mistake: where its author finds it (line and column from 1) and what it is."""

    file: str
    line: int
    column: int
    path: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict, compare=False)
    level: Level = field(default="error", compare=False)

    def sentence(self, language: str) -> str:
        """`file:line:col: path: problem (did you mean …?)` in the reader's language."""
        problem = translate(language, f"playbook.{self.code}", **self.params)
        if hint := self.params.get("hint"):
            problem += translate(language, "playbook.did_you_mean", hint=hint)
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.path}: {problem}" if self.path else f"{where}: {problem}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the author wrote something."""

    file: str
    line: int
    column: int
    path: str

    @classmethod
    def of(cls, node: "Node") -> "Source":
        return cls(node.file, node.line, node.column, node.path)


class PlaybookRefused(Exception):  # noqa: N818 - an answer to its author
    """The folder is no playbook: every fault found, in the order of files and lines."""

    def __init__(self, faults: Iterable[PlaybookFault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(fault.sentence("en") for fault in self.faults[:20]))


class Faults:
    """The pad on which the readers of all files write down what they find."""

    def __init__(self) -> None:
        self.found: list[PlaybookFault] = []

    @property
    def errors(self) -> list[PlaybookFault]:
        return [fault for fault in self.found if fault.level == "error"]

    def add(self, node: "Node", code: str, **params: object) -> None:
        words = {name: str(value) for name, value in params.items()}
        self.found.append(PlaybookFault(node.file, node.line, node.column, node.path, code, words))

    def at_file(self, file: str, code: str, **params: object) -> None:
        words = {name: str(value) for name, value in params.items()}
        self.found.append(PlaybookFault(file, 1, 1, "", code, words))


def hint(wrong: object, known: Iterable[str]) -> str:
    """The nearest known word, or nothing: a far guess is worse than none."""
    near = difflib.get_close_matches(str(wrong)[:80], [*known][:2000], n=1, cutoff=0.6)
    return near[0] if near else ""
