"""The pauses of a promise's clock, and the events that begin and end them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

PAUSE: Final = "pause"
RESUME: Final = "resume"  # an event, and the action of the rung that ends a pause on its date
PAUSING: Final = (PAUSE, RESUME)


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock does not run; `end` None while nobody has ended it."""

    start: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a pause cannot end at {self.end} before it starts at {self.start}")


@dataclass(frozen=True)
class PauseEvent:
    """A clock was paused, or one reason for its pause ended.

    `kind`: one of PAUSING; `owner`: the unit that answers for it; `until`: the date on which the
    pause ends by itself.
    """

    kind: str
    at: datetime
    reason: str | None
    owner: str | None = None
    until: datetime | None = None


def pauses_from(events: Iterable[PauseEvent]) -> list[Pause]:
    """One pause for each time that a reason held; they may overlap, and the last may be open."""
    ended, open_since = split_pauses(events)
    return [*ended, *(Pause(since) for since in open_since.values())]


def split_pauses(
    events: Iterable[PauseEvent],
) -> tuple[list[Pause], dict[str | None, datetime]]:
    """The pauses that ended, and when each reason began that still holds. Events in order."""
    ended: list[Pause] = []
    open_since: dict[str | None, datetime] = {}
    for event in events:
        if event.kind == PAUSE:
            open_since.setdefault(event.reason, event.at)
        elif event.reason in open_since:
            ended.append(Pause(open_since.pop(event.reason), event.at))
    return ended, open_since
