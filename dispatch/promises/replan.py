"""A promise moves: its due time and its waiting rungs anew, from its events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.promises.clocks import LEAD, Row, cancel_rungs
from dispatch.promises.due_times import extensions_of, pauses_of, taken_of, unmerged_at
from dispatch.promises.policy import Policy
from dispatch.promises.rungs_owed import HAD, Moved, Place, rungs_owed
from dispatch.store.rows import add_rows
from dispatch.store.tables import Assignment, LogEntry, Promise, Rung

# Of a rung, what says whether it had its turn.
TOLD: Final = (
    Rung.promise_id,
    Rung.level,
    Rung.turn,
    Rung.action,
    Rung.state,
    Rung.due_at,
    Rung.fired_at,
    Rung.snoozed_s,
)
SNOOZE: Final = "snooze"


def plan_again(session: Session, policy: Policy, promise: Promise) -> None:
    """Due time and waiting rungs of an open promise from its events; what fired stays fired."""
    session.flush()
    promise.extended = sum(amount for _, amount in extensions_of(session, promise))
    row, past = _columns(promise), _past(session, promise)
    waits = rungs_owed(policy, row, _moved(session, promise, past), past)
    promise.due_at, promise.flag = row["due_at"], row["flag"]
    if promise.state == "running":
        # of a clock that stands only the end of its pause waits, and that goes on waiting
        cancel_rungs(session, promise)
    add_rows(session, Rung, waits)


def _moved(session: Session, promise: Promise, past: Sequence[Row]) -> Moved:
    is_put_off = any(each["snoozed_s"] for each in past)
    return Moved(
        pauses=pauses_of(session, promise),
        taken=taken_of(session, promise).values(),
        unmerged_at=unmerged_at(session, promise),
        put_off=_put_off(session, promise) if is_put_off else None,
    )


def _put_off(session: Session, promise: Promise) -> Mapping[Place, datetime]:
    rows = session.execute(
        select(LogEntry.at, LogEntry.codes)
        .where(LogEntry.alert_id == promise.alert_id, LogEntry.code == SNOOZE)
        .order_by(LogEntry.seq),
    )
    owing = session.get(Assignment, promise.assignment_id) if promise.assignment_id else None
    helps = owing is not None and owing.kind != LEAD
    return put_off_of(promise, [(at, codes) for at, codes in rows], helps=helps)


def put_off_of(
    promise: Promise, snoozes: Iterable[tuple[datetime, Mapping[str, Any]]], *, helps: bool
) -> Mapping[Place, datetime]:
    """Until when its reminders were put off last, from the log's rows of its alert, in order."""
    whose = promise.unit if helps else None
    return {
        (codes["level"], codes.get("turn", 0)): datetime.fromisoformat(codes["until"])
        for at, codes in snoozes
        if (codes["clock"], codes.get("support")) == (promise.clock, whose)
        and at >= promise.started_at
    }


def _past(session: Session, promise: Promise) -> Sequence[Row]:
    mine = select(*TOLD).where(Rung.promise_id == promise.id, is_past())
    return [row._asdict() for row in session.execute(mine)]


def is_past() -> ColumnElement[bool]:
    """A condition on Rung: it had its turn, or somebody put it off."""
    return Rung.state.in_(HAD) | (Rung.snoozed_s > 0)


def _columns(promise: Promise) -> Row:
    return {each.key: getattr(promise, each.key) for each in Promise.__mapper__.column_attrs}
