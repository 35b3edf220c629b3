"""Fires the rungs that fall due in replayed history, each at its own moment.

The same effects as in `sweep_promises`, without its search and its commit for each instant.
"""

import heapq
from datetime import datetime
from itertools import count
from typing import Final

from sqlalchemy import ColumnElement, bindparam, func, select

from dispatch.deeds.machinery.fired_rungs import FiredRungs
from dispatch.deeds.machinery.rungs import ClaimedRung
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.store.transaction import Store, Transaction
from dispatch.sweep.rung_effects import apply_rung
from dispatch.sweep.sweep_promises import IS_PENDING

_FIRST_DUE: Final = select(func.min(Rung.due_at)).where(
    Rung.alert_id == bindparam("alert_id"), IS_PENDING
)


class HistorySweep:
    """The rungs of replayed alerts that fall due before `until`, in the order of time.

    Only alerts from `source` are touched: all others live in the present.
    """

    def __init__(self, store: Store, tx: Transaction, source: str, until: datetime) -> None:
        self._store = store
        self._tx = tx
        self._until = until
        self._waiting: list[tuple[datetime, int, int, int, ClaimedRung]] = []
        self._turns = count()
        self._claim(Alert.source == source)

    def add(self, alert_id: str) -> None:
        """Adds an alert that came in; its first rungs seldom fall due in the same stretch."""
        connection = self._tx.session.connection()
        first = connection.scalar(_FIRST_DUE, {"alert_id": alert_id})
        if first is not None and first < self._until:
            self._claim(Rung.alert_id == alert_id)

    def fire_before(self, moment: datetime) -> None:
        """Fires each rung at its own time; those whose clock has stopped do nothing."""
        while self._waiting and self._waiting[0][0] < moment:
            due_at, *_, claimed = heapq.heappop(self._waiting)
            if claimed.rung.state == "pending":
                self._tx.now = due_at
                apply_rung(self._store, self._tx, claimed, ())

    def _claim(self, whose: ColumnElement[bool]) -> None:
        rows = self._tx.session.execute(
            select(Rung, Promise, Alert)
            .join(Promise, Promise.id == Rung.promise_id)
            .join(Alert, Alert.id == Rung.alert_id)
            .where(IS_PENDING, Rung.due_at < self._until, whose)
            .with_for_update(of=[Rung, Alert]),
        ).all()
        fired_before = FiredRungs(self._tx.session, [rung for rung, _, _ in rows])
        for rung, promise, alert in rows:
            claimed = ClaimedRung(rung, promise, alert, fired_before)
            entry = (rung.due_at, rung.level, rung.turn, next(self._turns), claimed)
            heapq.heappush(self._waiting, entry)
