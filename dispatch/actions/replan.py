"""A promise moves: its due time and its waiting rungs anew, from its events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.actions.clocks import PENDING, Policy, Row, cancel_rungs, rung_rows, rungs_of
from dispatch.actions.due_times import due_of, extensions_of, pauses_of, taken_of
from dispatch.domain.escalation import PlannedRung
from dispatch.store.rows import add_rows
from dispatch.store.tables import Promise, Rung

# What asks the district for a decision at the due time, whom, and where no ladder reaches.
UNDECIDED: Final = "undecided"
DECIDERS: Final = ("district", "supervisor")
LEVEL: Final = 99
_HAD: Final = ("fired", "overtaken", "failed")


def plan_again(
    session: Session, policy: Policy, promise: Promise, *, anew: datetime | None = None
) -> None:
    """Due time and waiting rungs of an open promise from its events; what fired stays fired.

    `anew`: rungs after this moment come again, for they fired for a due time that was not theirs.
    """
    session.flush()
    promise.extended = sum(amount for _, amount in extensions_of(session, promise))
    pauses, row = pauses_of(session, promise), _columns(promise)
    taken, book = taken_of(session, promise).values(), policy.editions(promise.playbook_version)
    own, _ = due_of(book, row, pauses)
    row["due_at"], row["flag"] = due_of(book, row, pauses, taken)
    hastened = own != row["due_at"]
    running = promise.state == "running"
    planned = rungs_of(policy, row, tuple(pauses), hastened=hastened) if running else []
    if promise.flag == PENDING:
        planned, row["flag"] = _held(planned, row), PENDING
    promise.due_at, promise.flag = row["due_at"], row["flag"]
    past = _past(session, promise)
    if running:  # of a clock that stands only the end of its pause waits, and that goes on waiting
        cancel_rungs(session, promise)
    add_rows(session, Rung, _waits(planned, past, anew))


def _held(planned: list[Row], row: Row) -> list[Row]:
    """While a request asked in time is undecided nothing is said against the unit; the district
    hears at the due time that its decision is missing.
    """
    due_at = row["due_at"]
    asks = PlannedRung(due_at, LEVEL, 0, UNDECIDED, DECIDERS)
    early = [each for each in planned if each["due_at"] < due_at]
    return early + rung_rows(row, [asks]) if planned else []


def _waits(planned: list[Row], past: Sequence[Row], anew: datetime | None) -> list[Row]:
    """Whatever did not have its turn; what somebody put off stays put off, and counts as such.

    What a person called for before its time had its turn, whatever it came of.
    """
    done = {_place(each) for each in past if each["state"] in _HAD}
    by_hand = {
        _place(each)
        for each in past
        if each["state"] == "fired" and each["fired_at"] < each["due_at"]
    }
    again = {_place(each) for each in planned if anew and each["due_at"] > anew} - by_hand
    waits = [each for each in planned if _place(each) not in done - again]
    put_off = {_place(each): each for each in past if each["snoozed_s"]}
    for row in waits:
        if (before := put_off.get(_place(row))) is not None:
            row["snoozed_s"] = before["snoozed_s"]
            if before["state"] == "pending":
                row["due_at"] = max(row["due_at"], before["due_at"])
    return waits


def _past(session: Session, promise: Promise) -> Sequence[Row]:
    """The rungs that had their turn, and those that somebody put off, most of all at last."""
    had = Rung.state.in_(_HAD) & (Rung.action != UNDECIDED)  # the district may be asked again
    told = (Rung.level, Rung.turn, Rung.state, Rung.due_at, Rung.fired_at, Rung.snoozed_s)
    mine = select(*told).where(Rung.promise_id == promise.id, had | (Rung.snoozed_s > 0))
    rows = session.execute(mine.order_by(Rung.snoozed_s, Rung.state))
    return [row._asdict() for row in rows]


def _place(rung: Row) -> tuple[int, int]:
    return rung["level"], rung["turn"]


def _columns(promise: Promise) -> Row:
    return {each.key: getattr(promise, each.key) for each in Promise.__mapper__.column_attrs}
