"""到期未评价: nobody rated in time, so the alert closes by itself, without a rating."""

from typing import Any

from dispatch.deeds.machinery.transition import Actor, Move, move_alert
from dispatch.domain.law.events import SYSTEM
from dispatch.promises.policy import policy_of
from dispatch.store.tables import Alert
from dispatch.store.transaction import Store, Transaction


def lapse(store: Store, tx: Transaction, alert: Alert, codes: dict[str, Any]) -> None:
    """Closes a resolved alert; `codes` are for its log row."""
    over = Move("lapse", "closed", Actor(SYSTEM, None), codes=codes)
    move_alert(tx, policy_of(store, tx.session, alert), alert, over)
