"""What a check of the store found: how much it looked at, what differs, what is only to note."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Difference:
    """Something that is not as it should be; `code` is its sentence in commands.verify.differs."""

    code: str
    params: Mapping[str, object]


@dataclass
class Check:
    """One question to the whole store: how much was looked at, what differs, what is only late."""

    name: str
    seen: int = 0
    differences: list[Difference] = field(default_factory=list)
    remarks: list[Difference] = field(default_factory=list)

    def differs(self, code: str, **params: object) -> None:
        self.differences.append(Difference(code, params))


def or_dash(moment: datetime | None) -> str:
    """An instant as the sentence of a difference shows it."""
    return moment.isoformat() if moment else "–"
