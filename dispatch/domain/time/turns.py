"""A clock is stopped for a reason, or goes on: what happened to it, in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

PAUSING: Final = ("pause", "resume")


@dataclass(frozen=True)
class Turn:
    """One stop or one going on. `kind`: one of PAUSING; `owner`: the unit that answers for it;
    `until`: the date on which a stop ends by itself.
    """

    kind: str
    at: datetime
    reason: str | None
    owner: str | None
    until: datetime | None
