"""Recomputes a promise's due time and pending rungs after its events changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import RUNNING
from dispatch.domain.supports import LEAD
from dispatch.promises.cancel_rungs import cancel_rungs
from dispatch.promises.due_times import (
    last_unmerged_at,
    read_extensions,
    read_pauses,
    read_taken_over,
)
from dispatch.promises.policy import Policy
from dispatch.promises.rungs_owed import PAST_STATES, LadderPosition, PromiseHistory, rungs_owed
from dispatch.store.rows import RowValues, add_rows
from dispatch.store.tables import Assignment, LogEntry, Promise, Rung

# The columns that say whether a rung had its turn.
PAST_COLUMNS: Final = (
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


def replan(session: Session, policy: Policy, promise: Promise) -> None:
    """Recomputes due time and pending rungs of an open promise from its events; fired
    rungs stay.
    """
    session.flush()
    promise.extended = sum(amount for _, amount in read_extensions(session, promise))
    row, past = _columns(promise), _past(session, promise)
    waits = rungs_owed(policy, row, _moved(session, promise, past), past)
    promise.due_at, promise.flag = row["due_at"], row["flag"]
    if promise.state == RUNNING:
        # a paused clock has only the rung that ends its pause, which stays
        cancel_rungs(session, promise)
    add_rows(session, Rung, waits)


def _moved(session: Session, promise: Promise, past: Sequence[RowValues]) -> PromiseHistory:
    is_put_off = any(each["snoozed_s"] for each in past)
    return PromiseHistory(
        pauses=read_pauses(session, promise),
        taken=read_taken_over(session, promise).values(),
        unmerged_at=last_unmerged_at(session, promise),
        put_off=_put_off(session, promise) if is_put_off else None,
    )


def _put_off(session: Session, promise: Promise) -> Mapping[LadderPosition, datetime]:
    rows = session.execute(
        select(LogEntry.at, LogEntry.codes)
        .where(LogEntry.alert_id == promise.alert_id, LogEntry.code == SNOOZE)
        .order_by(LogEntry.seq),
    )
    owing = session.get(Assignment, promise.assignment_id) if promise.assignment_id else None
    helps = owing is not None and owing.kind != LEAD
    return snoozed_until(promise, [(at, codes) for at, codes in rows], helps=helps)


def snoozed_until(
    promise: Promise, snoozes: Iterable[tuple[datetime, Mapping[str, Any]]], *, helps: bool
) -> Mapping[LadderPosition, datetime]:
    """Until when its reminders were last put off, by level and turn, from the alert's log rows in
    order.
    """
    whose = promise.unit if helps else None
    return {
        (codes["level"], codes.get("turn", 0)): datetime.fromisoformat(codes["until"])
        for at, codes in snoozes
        if (codes["clock"], codes.get("support")) == (promise.clock, whose)
        and at >= promise.started_at
    }


def _past(session: Session, promise: Promise) -> Sequence[RowValues]:
    mine = select(*PAST_COLUMNS).where(Rung.promise_id == promise.id, is_past())
    return [row._asdict() for row in session.execute(mine)]


def is_past() -> ColumnElement[bool]:
    """On Rung: it had its turn, or somebody put it off."""
    return Rung.state.in_(PAST_STATES) | (Rung.snoozed_s > 0)


def _columns(promise: Promise) -> RowValues:
    return {each.key: getattr(promise, each.key) for each in Promise.__mapper__.column_attrs}
