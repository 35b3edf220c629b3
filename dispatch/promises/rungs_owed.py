"""Which rungs should wait on a promise now: by its events, and by what had its turn already?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dispatch.domain.law.late import AWAITS_DECISION
from dispatch.domain.time.escalation import PlannedRung
from dispatch.domain.time.ladders import UNDECIDED
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.taken_over import TakenOver
from dispatch.promises.clocks import Row, rung_rows, rungs_of
from dispatch.promises.due_times import due_of
from dispatch.promises.policy import Policy

# What asks the district for a decision at the due time, whom, and where no ladder reaches.
DECIDERS: Final = ("district", "supervisor")
LEVEL: Final = 99
HAD: Final = ("fired", "overtaken", "failed")
Place = tuple[int, int]  # a rung's level and turn


@dataclass(frozen=True)
class Moved:
    """What happened to a promise since its start, from its events and the log.

    `unmerged_at`: when an alert whose due time it had taken over was last taken out again;
    `put_off`: until when a person put off a reminder.
    """

    pauses: Sequence[Pause] = ()
    taken: Collection[TakenOver] = ()
    unmerged_at: datetime | None = None
    put_off: Mapping[Place, datetime] | None = None


def rungs_owed(policy: Policy, row: Row, moved: Moved, past: Sequence[Row]) -> list[Row]:
    """The rungs that wait, as new rows; the promise's row gets its due time and its flag.

    `past`: its rungs that had their turn, and those that somebody put off.
    """
    book, is_held = policy.editions(row["playbook_version"]), row["flag"] == AWAITS_DECISION
    own, _ = due_of(book, row, moved.pauses)
    row["due_at"], row["flag"] = due_of(book, row, moved.pauses, moved.taken)
    planned: list[Row] = []
    if row["state"] == "running":
        hastened = own != row["due_at"]
        planned = rungs_of(policy, row, tuple(moved.pauses), hastened=hastened)
    if is_held:
        planned, row["flag"] = _held(planned, row), AWAITS_DECISION
    return _waits(planned, moved, past)


def _held(planned: list[Row], row: Row) -> list[Row]:
    """While a request asked in time is undecided nothing is said against the unit; the district
    hears at the due time that its decision is missing.
    """
    due_at = row["due_at"]
    asks = PlannedRung(due_at, LEVEL, 0, UNDECIDED, DECIDERS)
    early = [each for each in planned if each["due_at"] < due_at]
    return early + rung_rows(row, [asks]) if planned else []


def _waits(planned: list[Row], moved: Moved, past: Sequence[Row]) -> list[Row]:
    """Whatever did not have its turn; what somebody put off stays put off, and counts as such."""
    had = [each for each in past if each["state"] in HAD]
    put_off = moved.put_off or {}
    waits = [row for row in planned if not any(_had(row, each, moved) for each in had)]
    for row in waits:
        mine = [each["snoozed_s"] for each in past if place(each) == place(row)]
        row["snoozed_s"] = max(mine, default=0)
        if row["snoozed_s"] and place(row) in put_off:
            row["due_at"] = max(row["due_at"], put_off[place(row)])
    return waits


def _had(row: Row, before: Row, moved: Moved) -> bool:
    """Whether a rung had its turn with an earlier one at its place.

    What fired for a due time that was only taken over, and was given back before the rung's own
    time, comes again; what a person called for before its time does not, whatever it came of. The
    district is asked again at another due time.
    """
    if place(row) != place(before):
        return False
    if row["action"] == UNDECIDED:
        return bool(before["due_at"] == row["due_at"])
    by_hand = before["state"] == "fired" and before["fired_at"] < before["due_at"]
    given_back = moved.unmerged_at
    if given_back is None or by_hand or row["due_at"] <= given_back:
        return True
    return bool((before["fired_at"] or before["due_at"]) > given_back)


def place(rung: Row) -> Place:
    return rung["level"], rung["turn"]
