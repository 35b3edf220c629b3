"""The sweep: fires every rung whose time has come, once, with all its effects in one transaction.

It may run late, twice, in several processes, or be killed: a rung leaves `pending` in the
transaction of its effects, or it stays for the next sweep.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, literal_column, or_, select, update
from sqlalchemy.exc import OperationalError

from dispatch import clock
from dispatch.deeds.machinery.fired_rungs import FiredRungs
from dispatch.deeds.machinery.rungs import ClaimedRung
from dispatch.domain.time.escalation import DueRung, to_fire
from dispatch.store.log import Event
from dispatch.store.replays import not_replayed
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.store.transaction import Store, Transaction
from dispatch.sweep.rung_effects import apply_rung

# Promises a transaction: large enough to be quick, small enough to let others write.
BATCH: Final = 100
ATTEMPTS: Final = 5
FIRST_RETRY: Final = timedelta(seconds=30)
LONGEST_RETRY: Final = FIRST_RETRY * 2 ** (ATTEMPTS - 2)

# A literal, not a parameter: only then does the database use the partial index.
IS_PENDING: Final = Rung.state == literal_column("'pending'")

_log = logging.getLogger(__name__)


class RungFailedError(Exception):
    """The effects of one rung raised; nothing of its batch was written."""

    def __init__(self, rung_id: str) -> None:
        super().__init__(rung_id)
        self.rung_id = rung_id


def sweep_promises(store: Store) -> int:
    """Fires all that is due now, oldest first, in bounded batches; returns how many rungs fired."""
    total = 0
    while promises := _due_promises(store):
        try:
            fired = _fire(store, promises)
        except RungFailedError as failed:
            _set_aside(store, failed)
            continue
        if not fired:
            break  # another process has locked these alerts, and fires their rungs
        total += fired
    return total


def _due_promises(store: Store) -> list[str]:
    with store.read() as session:
        due = (*_is_due(store.now(session)), *not_replayed(session, clock.wall()))
        oldest = select(Rung.promise_id).where(*due).order_by(Rung.due_at).limit(BATCH)
        return list(dict.fromkeys(session.scalars(oldest)))


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Its time has come, and that of its next try; or the next try lies further ahead than any
    delay, because a clock ran ahead.
    """
    return (
        IS_PENDING,
        Rung.due_at <= now,
        or_(
            Rung.not_before.is_(None),
            Rung.not_before <= now,
            Rung.not_before > now + LONGEST_RETRY,
        ),
    )


def _fire(store: Store, promises: Sequence[str]) -> int:
    """Fires a batch whose rows are written at its end; where that fails, again with each rung's
    rows written at once, to find the rung at fault. Raises RungFailedError.
    """
    try:
        return _fire_batch(store, promises, at_once=False)
    except OperationalError:  # the database is locked or gone: no rung's fault
        raise
    except Exception:  # noqa: BLE001 - the second try raises it with its rung
        return _fire_batch(store, promises, at_once=True)


def _fire_batch(store: Store, promises: Sequence[str], *, at_once: bool) -> int:
    """One transaction: claims the rungs, chooses the highest of each clock, applies
    their effects.
    """
    with store.write() as tx:
        tx.now = store.now(tx.session)
        claimed = {each.rung.id: each for each in _claim(tx, promises)}
        for firing in to_fire(_as_due(each.rung) for each in claimed.values()):
            mine = claimed[str(firing.rung.id)]
            overtaken = [claimed[str(each.id)].rung for each in firing.overtakes]
            if at_once:
                _apply_at_once(store, tx, mine, overtaken)
            else:
                apply_rung(store, tx, mine, overtaken)
        return len(claimed)


def _apply_at_once(
    store: Store, tx: Transaction, mine: ClaimedRung, overtaken: Sequence[Rung]
) -> None:
    rung_id = mine.rung.id  # read first: a failed flush expires the rows
    try:
        apply_rung(store, tx, mine, overtaken)
        tx.flush()
    except Exception as error:
        raise RungFailedError(rung_id) from error


def _claim(tx: Transaction, promises: Sequence[str]) -> list[ClaimedRung]:
    """The due rungs with their alerts, locked together: steps lock the alert first as well."""
    rows = tx.session.execute(
        select(Rung, Promise, Alert)
        .join(Promise, Promise.id == Rung.promise_id)
        .join(Alert, Alert.id == Rung.alert_id)
        .where(Rung.promise_id.in_(promises), *_is_due(tx.now))
        .order_by(Rung.due_at, Rung.level, Rung.turn)
        .with_for_update(of=[Rung, Alert], skip_locked=True),
    ).all()
    fired_before = FiredRungs(tx.session, [rung for rung, _, _ in rows])
    return [ClaimedRung(rung, promise, alert, fired_before) for rung, promise, alert in rows]


def _as_due(rung: Rung) -> DueRung:
    return DueRung(rung.id, rung.promise_id, rung.due_at, rung.level, rung.turn, rung.action)


def _set_aside(store: Store, failed: RungFailedError) -> None:
    """Delays the next try, twice as long each time; after the last attempt the rung is marked as
    failed.

    The rungs that it would have overtaken wait with it: they fire only once it has failed for good.
    """
    _log.error("rung %s failed", failed.rung_id, exc_info=failed.__cause__)
    with store.write() as tx:
        rung = tx.session.get_one(Rung, failed.rung_id, with_for_update=True)
        if rung.state != "pending":
            return  # somebody acted, or another process fired it, meanwhile
        rung.attempts += 1
        rung.error = repr(failed.__cause__)[:500]
        if rung.attempts >= ATTEMPTS:
            _park(tx, rung)
            return
        rung.not_before = tx.now + FIRST_RETRY * 2 ** (rung.attempts - 1)
        tx.session.execute(
            update(Rung)
            .where(
                Rung.promise_id == rung.promise_id,
                Rung.state == "pending",
                Rung.due_at < rung.due_at,
            )
            .values(not_before=rung.not_before),
        )


def _park(tx: Transaction, rung: Rung) -> None:
    rung.state = "failed"
    promise = tx.session.get_one(Promise, rung.promise_id)
    codes = {"clock": promise.clock, "level": rung.level, "turn": rung.turn, "action": rung.action}
    tx.record(Event(code="rung_failed", alert_id=rung.alert_id, codes=codes))
