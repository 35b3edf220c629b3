"""Faults of a playbook: what is wrong, and exactly where."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from dispatch.translations import LANGUAGES, TONGUES, translate

if TYPE_CHECKING:
    from dispatch.rules.language.nodes import Node

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
        words = dict(self.params)
        if reason := words.get("reason"):
            words["reason"] = translate(language, f"playbook.reason.{reason}", **words)
        problem = translate(language, f"playbook.{self.code}", **words)
        if hint := self.params.get("hint"):
            problem += translate(language, "playbook.did_you_mean", hint=hint)
        elif known := self.params.get("known"):
            problem += translate(language, "playbook.can_be", words=known)
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
        super().__init__("\n".join(fault.sentence(LANGUAGES[-1]) for fault in self.faults[:20]))


# Nobody reads more; and a file of nothing but mistakes must not take minutes.
MOST_FAULTS: Final = 1000
# So many words can be told instead of a guess.
MOST_TOLD: Final = 12


class PlaybookFaults:
    """Collects the faults that the readers of all files find.

    After MOST_FAULTS it raises PlaybookRefused with them: the rest of the file is not read.
    `tongues`: in which labels are written, the city's own first. `remarks`: what forbids a new
    playbook or asks for a look, while a version that is in use already goes on with it.
    """

    def __init__(self, tongues: tuple[str, ...] = TONGUES) -> None:
        self.found: list[PlaybookFault] = []
        self.remarks: list[PlaybookFault] = []
        self.tongues = tongues
        self.ids: dict[str, str] = {}  # by label, for authors who wrote the name
        self._lacking: dict[str, list[Node]] = {}

    @property
    def errors(self) -> list[PlaybookFault]:
        return [fault for fault in self.found if fault.level == "error"]

    def add(self, node: "Node", code: str, **params: object) -> None:
        self._write(node.file, node.line, node.column, node.path, code, params)

    def remark(self, node: "Node", code: str, **params: object) -> None:
        """What must not be published, in a playbook that can be read all the same."""
        self._remark(node, code, "error", params)

    def doubt(self, node: "Node", code: str, **params: object) -> None:
        """What whoever publishes should look at."""
        self._remark(node, code, "warning", params)

    def _remark(self, node: "Node", code: str, level: Level, params: Mapping[str, object]) -> None:
        words = {name: str(value) for name, value in params.items()}
        if len(self.remarks) < MOST_FAULTS:
            where = (node.file, node.line, node.column, node.path)
            self.remarks.append(PlaybookFault(*where, code, words, level))

    def lacks(self, tongue: str, node: "Node") -> None:
        """A label has no words of this tongue."""
        self._lacking.setdefault(tongue, []).append(node)

    def remark_lacking(self) -> None:
        """One warning for each tongue: how many labels lack it, and the first of them."""
        for tongue, nodes in self._lacking.items():
            self.doubt(nodes[0], "labels_lack", tongue=tongue, count=len(nodes))

    def name(self, labels: Mapping[str, Mapping[str, str]]) -> None:
        """From here on whoever writes one of these labels is told its id."""
        for own_id, label in labels.items():
            self.ids.update(dict.fromkeys(label.values(), own_id))

    def at_file(self, file: str, code: str, **params: object) -> None:
        self._write(file, 1, 1, "", code, params)

    def _write(
        self, file: str, line: int, column: int, path: str, code: str, params: Mapping[str, object]
    ) -> None:
        words = {name: str(value) for name, value in params.items()}
        self.found.append(PlaybookFault(file, line, column, path, code, words))
        if len(self.found) == MOST_FAULTS:
            self.found.append(PlaybookFault(file, line, column, path, "too_many_faults"))
            raise PlaybookRefused(self.found)


# Punctuation that an input method writes where a file wants the plain one.
_STRAIGHT: Final = str.maketrans("，：；（）【】“”‘’、　", ",:;()[]\"\"'',\u0020")


def straight(word: str) -> str:
    """With plain punctuation in place of full-width and curly one."""
    return word.translate(_STRAIGHT)


def guess(wrong: object, known: Iterable[str]) -> dict[str, str]:
    """The nearest known word, else all of them where they are few: no far guess. A word with
    full-width punctuation is told with plain one, or without it.
    """
    words = [*known]
    if (plain := straight(str(wrong)[:80])) != str(wrong)[:80]:
        bare = plain.strip(" ,:;")
        return {"hint": bare if bare in words else plain}
    if near := difflib.get_close_matches(str(wrong)[:80], words[:2000], n=1, cutoff=0.6):
        return {"hint": near[0]}
    return {"known": ", ".join(words)} if len(words) <= MOST_TOLD else {}
