"""Two sweeps as others have written them: controls that the kill test must catch."""

import secrets
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from dispatch import clock
from dispatch.deeds.machinery import rungs
from dispatch.deeds.machinery.fired_rungs import FiredRungs
from dispatch.deeds.machinery.rungs import ClaimedRung
from dispatch.domain.time.escalation import to_fire
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.store.transaction import Store, Transaction
from dispatch.sweep.rung_effects import apply_rung
from dispatch.sweep.sweep_promises import _as_due, _claim, _due_promises, _is_due
from dispatch.telling.notices import post

GAP_S = 0.03  # between looking and acting, as on a busy machine


def claim_first(store: Store) -> int:
    """Marks rungs as fired, commits, and only then does what they are for: a kill loses them."""
    done = 0
    while promises := _due_promises(store):
        with store.write() as tx:
            mine = [each.rung.id for each in _claim(tx, promises)]
            tx.session.execute(update(Rung).where(Rung.id.in_(mine)).values(state="fired"))
        with store.write() as tx:
            _apply(store, tx, mine)
        done += len(mine)
    return done


def select_then_update(store: Store) -> int:
    """Looks what is pending, and fires it later without looking again: two do it twice.

    The net below it, the notices' unique cause, is taken away: it shows what the claim holds.
    """
    done = 0
    rungs.post = _post_anything
    while promises := _due_promises(store):
        with store.read() as session:
            due = select(Rung.id).where(Rung.promise_id.in_(promises), *_is_due(clock.now()))
            mine = list(session.scalars(due))
        time.sleep(GAP_S)
        with store.write() as tx:
            _apply(store, tx, mine)
        done += len(mine)
    return done


def _apply(store: Store, tx: Transaction, rungs: Sequence[str]) -> None:
    rows = tx.session.execute(
        select(Rung, Promise, Alert)
        .join(Promise, Promise.id == Rung.promise_id)
        .join(Alert, Alert.id == Rung.alert_id)
        .where(Rung.id.in_(rungs)),
    ).all()
    past = FiredRungs(tx.session, [rung for rung, _, _ in rows])
    claimed = {rung.id: ClaimedRung(rung, promise, alert, past) for rung, promise, alert in rows}
    for each in claimed.values():
        each.rung.state = "pending"
    for firing in to_fire(_as_due(each.rung) for each in claimed.values()):
        overtaken = [claimed[str(each.id)].rung for each in firing.overtakes]
        apply_rung(store, tx, claimed[str(firing.rung.id)], overtaken)


def _post_anything(tx: Transaction, notices: Sequence[dict[str, Any]]) -> None:
    post(tx, [{**each, "once": secrets.token_hex(16)} for each in notices])
