"""Checks the rungs: none lost, none pending on a stopped clock, none too late."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from dispatch import clock
from dispatch.domain.law.clock_names import RUNNING
from dispatch.domain.time.pauses import PAUSE, RESUME
from dispatch.promises.checks.found import Check, Difference
from dispatch.store.conditions import is_paused
from dispatch.store.replays import not_replayed
from dispatch.store.tables import Alert, LogEntry, Promise, PromiseEvent, Rung
from dispatch.store.transaction import Store

RUNG_STATES: Final = ("pending", "fired", "overtaken", "cancelled", "failed")
# The codes of log rows that fired rungs leave, whatever their action.
RUNG_CODES: Final = (
    "remind",
    "notify",
    "card",
    "lapse",
    "clock_resumed",
    "suspension_over",
    "undecided",
)
# A due rung fires within a second; a failing one is set aside after eight minutes.
UNFIRED: Final = timedelta(minutes=10)


def check_rungs(_store: Store, session: Session, check: Check) -> None:
    """Every rung is in a known state, and each that fired is in the log."""
    states = session.execute(select(Rung.state, func.count()).group_by(Rung.state))
    counts: dict[str, int] = {state: number for state, number in states}  # noqa: C416 - rows
    check.seen = sum(counts.values())
    for state in counts.keys() - set(RUNG_STATES):
        check.differs("rung_state", state=state, count=counts[state])
    logged = session.scalar(
        select(func.count()).select_from(LogEntry).where(LogEntry.code.in_(RUNG_CODES)),
    )
    if logged != counts.get("fired", 0):
        check.differs("rungs_logged", fired=counts.get("fired", 0), logged=logged)


def check_waiting_rungs(_store: Store, session: Session, check: Check) -> None:
    """No rung is pending on a clock that does not run."""
    rows = session.execute(
        select(Alert.number, Promise.clock, Promise.state)
        .select_from(Rung)
        .join(Promise, Promise.id == Rung.promise_id)
        .join(Alert, Alert.id == Rung.alert_id)
        .where(Rung.state == "pending", Rung.action != RESUME),
    )
    for number, name, state in rows:
        check.seen += 1
        if state != RUNNING:
            check.differs("waiting", number=number, clock=name, state=state)


def endless_pauses(session: Session) -> Iterator[tuple[str, str, datetime]]:
    """Clocks paused until a date without a rung that would end the pause: number, clock, date."""
    later = aliased(PromiseEvent)
    is_over = (
        select(later.id)
        .where(later.promise_id == PromiseEvent.promise_id, later.reason == PromiseEvent.reason)
        .where(later.kind == RESUME, later.at >= PromiseEvent.at)
        .exists()
    )
    ends = (
        select(Rung.id)
        .where(Rung.promise_id == PromiseEvent.promise_id, Rung.action == RESUME)
        .where(Rung.state.in_(("pending", "failed")), Rung.due_at == PromiseEvent.until)
        .exists()
    )
    rows = session.execute(
        select(Alert.number, Promise.clock, PromiseEvent.until)
        .join(Promise, Promise.alert_id == Alert.id)
        .join(PromiseEvent, PromiseEvent.promise_id == Promise.id)
        .where(is_paused(), ~is_over, ~ends)
        .where(PromiseEvent.kind == PAUSE, PromiseEvent.until.is_not(None)),
    )
    for number, name, until in rows:
        if until is not None:
            yield number, name, until


def check_late_rungs(store: Store, session: Session, check: Check) -> None:
    """Rungs that are due and have not fired. They are remarks, for the next sweep fires them; but
    somebody should know.
    """
    latest = store.now(session) - UNFIRED
    mine = (Rung.state == "pending", *not_replayed(session, clock.wall()))
    waiting = select(func.count(), func.min(Rung.due_at)).where(*mine)
    check.seen, _ = session.execute(waiting).one()
    late, oldest = session.execute(waiting.where(Rung.due_at < latest)).one()
    if late:
        check.remarks.append(Difference("late", {"count": late, "oldest": oldest.isoformat()}))
