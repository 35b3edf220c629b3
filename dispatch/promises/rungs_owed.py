"""Which rungs should be pending on a promise, by its events and the rungs that had their turn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dispatch.domain.desks import LEADER_DESKS
from dispatch.domain.law.clock_names import AWAITS_DECISION, RUNNING
from dispatch.domain.time.escalation import PlannedRung
from dispatch.domain.time.ladders import UNDECIDED
from dispatch.domain.time.pauses import Pause
from dispatch.domain.time.taken_over import TakenOver
from dispatch.promises.clocks import planned_rung_rows, rung_rows
from dispatch.promises.due_times import recomputed_due
from dispatch.promises.policy import Policy
from dispatch.store.rows import RowValues

# Above every ladder's levels: the rung that asks the leaders for a missing decision.
UNDECIDED_LEVEL: Final = 99
PAST_STATES: Final = ("fired", "overtaken", "failed")
LadderPosition = tuple[int, int]  # a rung's level and turn


@dataclass(frozen=True)
class PromiseHistory:
    """What happened to a promise since its start, by its events and the log.

    `taken`: due times that it took over; `unmerged_at`: when it last gave one back; `put_off`:
    until when a person put off a reminder.
    """

    pauses: Sequence[Pause] = ()
    taken: Collection[TakenOver] = ()
    unmerged_at: datetime | None = None
    put_off: Mapping[LadderPosition, datetime] | None = None


def rungs_owed(
    policy: Policy, row: RowValues, history: PromiseHistory, past: Sequence[RowValues]
) -> list[RowValues]:
    """The rungs that should be pending, as new rows. Sets the due time and the flag of the
    promise's row.

    `past`: its rungs that had their turn, and those that somebody put off.
    """
    book, is_held = policy.editions(row["playbook_version"]), row["flag"] == AWAITS_DECISION
    own, _ = recomputed_due(book, row, history.pauses)
    row["due_at"], row["flag"] = recomputed_due(book, row, history.pauses, history.taken)
    planned: list[RowValues] = []
    if row["state"] == RUNNING:
        hastened = own != row["due_at"]
        planned = planned_rung_rows(policy, row, tuple(history.pauses), hastened=hastened)
    if is_held:
        planned, row["flag"] = _held(planned, row), AWAITS_DECISION
    return _still_to_come(planned, history, past, row["due_at"])


def _held(planned: list[RowValues], row: RowValues) -> list[RowValues]:
    """While a request made in time is undecided, nothing is sent against the unit; at the due time
    the district is told that its decision is missing.
    """
    due_at = row["due_at"]
    asks = PlannedRung(due_at, UNDECIDED_LEVEL, 0, UNDECIDED, LEADER_DESKS)
    early = [each for each in planned if each["due_at"] < due_at]
    return early + rung_rows(row, [asks]) if planned else []


def _still_to_come(
    planned: list[RowValues],
    history: PromiseHistory,
    past: Sequence[RowValues],
    due_at: datetime | None,
) -> list[RowValues]:
    """The rungs that did not have their turn; those that somebody put off stay put off, unless the
    due time comes sooner now.
    """
    had = [each for each in past if each["state"] in PAST_STATES]
    put_off = history.put_off or {}
    waits = [row for row in planned if not any(_had_its_turn(row, each, history) for each in had)]
    for row in waits:
        mine = [each["snoozed_s"] for each in past if position_of(each) == position_of(row)]
        row["snoozed_s"] = max(mine, default=0)
        if row["snoozed_s"] and position_of(row) in put_off:
            row["due_at"] = _put_off(row["due_at"], put_off[position_of(row)], due_at)
    return waits


def _put_off(at: datetime, until: datetime, due_at: datetime | None) -> datetime:
    """When a rung comes that was put off; one of before the due time stays before it."""
    later = max(at, until)
    return at if due_at is not None and at < due_at <= later else later


def _had_its_turn(row: RowValues, before: RowValues, history: PromiseHistory) -> bool:
    """Whether an earlier rung at the same position counts as this one's turn.

    A rung that fired for a due time that was only taken over, and was given back before this rung's
    time, comes again. One that a person fired early does not. The district is asked again at a new
    due time.
    """
    if position_of(row) != position_of(before):
        return False
    if row["action"] == UNDECIDED:
        return bool(before["due_at"] == row["due_at"])
    by_hand = before["state"] == "fired" and before["fired_at"] < before["due_at"]
    given_back = history.unmerged_at
    if given_back is None or by_hand or row["due_at"] <= given_back:
        return True
    return bool((before["fired_at"] or before["due_at"]) > given_back)


def position_of(rung: RowValues) -> LadderPosition:
    return rung["level"], rung["turn"]
