"""An answer to a question of a form: as it is kept, as it was sent, and what it is told with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.domain.masking import IN_CHINA, MaskTerms
from dispatch.domain.reading import Faults
from dispatch.rules.language.labels import Label

Answer = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers among which somebody chooses."""

    id: str
    label: Label


ChoiceList = tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer as it came, never empty, and what it is read with.

    `path` is where its faults are told; `offered`: the choices that the question offers; `masks`:
    what is masked in words.
    """

    path: str
    value: Any
    offered: ChoiceList
    now: datetime
    faults: Faults
    masks: MaskTerms = IN_CHINA


@dataclass(frozen=True, slots=True)
class Wording:
    """For whom an answer is put into words: the language of the catalogue, the tongue of labels.

    `unit` gives the name of a unit by its id.
    """

    language: str
    tongue: str
    zone: ZoneInfo
    choices: ChoiceList
    unit: Callable[[str], str]


class UnreadableAnswerError(ValueError):
    """A written answer that its question does not take. `code` names a fault of the playbook's
    words; `known`: what could have been written, where it can be listed.
    """

    def __init__(self, code: str, seen: str, known: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.seen = seen
        self.known = known
