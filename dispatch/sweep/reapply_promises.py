"""Applies today's calendars to open promises: shows what would move, and moves it on demand.

What is late stays late: a promise whose due time has passed, or that has a card, never moves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import LADDER_ENDS, RUNNING, RUNNING_OR_PAUSED
from dispatch.domain.law.events import SYSTEM
from dispatch.domain.law.late import is_due
from dispatch.domain.time.instants import as_logged
from dispatch.promises.due_times import read_pauses, read_taken_over, recomputed_due
from dispatch.promises.policy import policy_of
from dispatch.promises.replan import replan
from dispatch.store.alerts import locked_alert
from dispatch.store.conditions import is_running_or_paused
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Promise
from dispatch.store.transaction import Store, Transaction

BATCH: Final = 100


@dataclass(frozen=True)
class DueTimeChange:
    """A promise that today's calendar would move. None: paused, or without a due time yet."""

    promise: str
    alert: str
    number: str
    clock: str
    before: datetime | None
    after: datetime | None


def due_time_changes(store: Store) -> list[DueTimeChange]:
    """The dry run: every open promise that would move, by alert number."""
    with store.read() as session:
        now = store.now(session)
        return sorted(_shifts(store, session, now), key=lambda shift: (shift.number, shift.clock))


def reapply_promises(
    store: Store,
    wanted: Sequence[DueTimeChange],
    advance: Callable[[int], None] = lambda _count: None,
) -> int:
    """Moves what the dry run showed and is still so, with one log row each; returns how
    many moved.
    """
    moved = 0
    for begin in range(0, len(wanted), BATCH):
        batch = wanted[begin : begin + BATCH]
        with store.write() as tx:
            moved += sum(_move(store, tx, each) for each in batch)
        advance(len(batch))
    return moved


def date_undated(store: Store) -> int:
    """Gives promises that waited for a calendar their due time and ladder, once it is loaded;
    returns how many. Promises that have a due time stay: moving them is for a person to decide.
    """
    with store.read() as session:
        now = store.now(session)
        undated = _shifts(store, session, now, Promise.flag.is_not(None))
        found = [each for each in undated if each.after and each.before in {None, each.after}]
    return reapply_promises(store, found)


def _shifts(
    store: Store, session: Session, now: datetime, *which: ColumnElement[bool]
) -> Iterator[DueTimeChange]:
    rows = session.execute(
        select(Promise, Alert.number)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(is_running_or_paused(), Promise.card.is_(None), *which),
    )
    for promise, number in rows:
        shift = _shift(store, session, promise, number, now)
        if shift is not None:
            yield shift


def _shift(
    store: Store, session: Session, promise: Promise, number: str, now: datetime
) -> DueTimeChange | None:
    """The change of a promise; None where nothing would or may move."""
    today = store.playbook(session)
    old = store.playbook_at(session, promise.playbook_version).calendars[promise.calendar]
    new = today.calendars.get(promise.calendar)
    if new is None or new.plan == old.plan or is_due(promise.due_at, now):
        return None
    taken = read_taken_over(session, promise).values()
    after, _ = recomputed_due(today, vars(promise), read_pauses(session, promise), taken)
    has_more_rungs = promise.flag == LADDER_ENDS and new.plan.last > old.plan.last
    if after == promise.due_at and promise.state == RUNNING and not has_more_rungs:
        return None
    return DueTimeChange(promise.id, promise.alert_id, number, promise.clock, promise.due_at, after)


def _move(store: Store, tx: Transaction, wanted: DueTimeChange) -> bool:
    alert = locked_alert(tx.session, wanted.alert)
    promise = tx.session.get_one(Promise, wanted.promise, populate_existing=True)
    is_open = promise.state in RUNNING_OR_PAUSED and promise.card is None
    if not is_open or _shift(store, tx.session, promise, wanted.number, tx.now) != wanted:
        return False
    promise.playbook_version = store.playbook_version(tx.session)
    replan(tx.session, policy_of(store, tx.session, alert), promise)
    codes = {
        "clock": promise.clock,
        "before": as_logged(wanted.before),
        "after": as_logged(wanted.after),
    }
    tx.record(Event("reapply", alert_id=alert.id, role=SYSTEM, codes=codes))
    return True
