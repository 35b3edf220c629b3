"""The result of one check of the store: how many rows it looked at and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Difference:
    """A row that is not as recomputed; `code` is the key of its sentence in
    commands.verify.differs.
    """

    code: str
    params: Mapping[str, object]


@dataclass
class Check:
    """The result of one check: `seen` rows, `differences`, and `remarks` that are no fault."""

    name: str
    seen: int = 0
    differences: list[Difference] = field(default_factory=list)
    remarks: list[Difference] = field(default_factory=list)

    def differs(self, code: str, **params: object) -> None:
        self.differences.append(Difference(code, params))


def or_dash(moment: datetime | None) -> str:
    """An instant as the sentence of a difference shows it; – for None."""
    return moment.isoformat() if moment else "–"
