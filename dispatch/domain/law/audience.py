"""Whom the words of an alert are for: staff alone, or the reporter as well. The one decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.request_names import DECIDED_BY
from dispatch.domain.law.rows.step import INSIDE, TOLD, TOLD_ONCE, Field, Step
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import REPORTER

# Of these the reporter reads no line: what is nothing without its words, and the machinery.
_OF_STAFF: Final = frozenset(
    {
        *("note", "urge", "snooze", "escalate", "remind", "supervise", "undecided"),
        *("rung_failed", "calendar_ends", "reapply"),
        *("ask_release", "refuse_release", "release_unanswered", "support_over"),
    }
)
_OF_LATENESS: Final = frozenset({"card", "notify"})
REPORTERS_STEPS: Final = frozenset(step.name for step in STEPS.values() if REPORTER in step.who)
# What the reporter says, and what is said to the reporter alone.
_BETWEEN_THEM: Final = REPORTERS_STEPS | {"contact"}
_AUDIENCE: Final = MappingProxyType(
    {(step.name, field.name): field.audience for step in STEPS.values() for field in step.fields}
)


@dataclass(frozen=True)
class WordsReader:
    """Who reads. `is_staff`: by more than having reported it. `reads_home`: also what passes
    between the reporter and the unit, where it is about somebody's home.
    """

    is_staff: bool
    reads_home: bool = True


@dataclass(frozen=True)
class MissedPromise:
    """A promise that was not kept: its clock, and from its due time until when it counted."""

    clock: str
    due_at: datetime
    until: datetime

    def was_late_at(self, clock: str, at: datetime) -> bool:
        return clock == self.clock and self.due_at <= at <= self.until


def may_read(reader: WordsReader, step: str, field: str, later: Iterable[str] = ()) -> bool:
    """Whether the words of a step's field are for this reader. `later`: the steps that were taken
    on the alert since, in order.
    """
    if not reader.reads_home and step in _BETWEEN_THEM:
        return False
    if reader.is_staff:
        return True
    audience = _AUDIENCE.get((step, field), INSIDE)
    return audience == TOLD or (audience == TOLD_ONCE and _is_granted(step, later))


def _is_granted(request: str, later: Iterable[str]) -> bool:
    """The next that happened to the request is that it was granted."""
    granted, refused = DECIDED_BY[request]
    return next((each for each in later if each in {request, granted, refused}), None) == granted


def audience_of(step: Step, field: Field) -> str | None:
    """What stands beside a text while one writes it; None beside the reporter's own words and what
    is no text.
    """
    return None if field.kind != "text" or REPORTER in step.who else field.audience


def is_line_for(reader: WordsReader, code: str) -> bool:
    """Whether a row of the log is a line of the reader's story; of lateness the reporter reads
    `first_lines` alone.
    """
    return reader.is_staff or code not in _OF_STAFF | _OF_LATENESS


def first_lines(
    rows: Iterable[tuple[int, str, str, datetime]], missed: Sequence[MissedPromise]
) -> frozenset[int]:
    """Of the rows about lateness, as (seq, code, clock, at), the first of each missed promise."""
    found: dict[MissedPromise, int] = {}
    for seq, code, clock, at in rows:
        if code in _OF_LATENESS:
            for promise in missed:
                if promise.was_late_at(clock, at):
                    found.setdefault(promise, seq)
    return frozenset(found.values())
