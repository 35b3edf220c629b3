"""挂账到期: the date has come, the alert returns to its status before, and the unit is told."""

from typing import Any

from dispatch.deeds.machinery.suspending import status_before
from dispatch.deeds.machinery.transition import Actor, Move, move_alert
from dispatch.domain.law.deed_table import DeedEntry, Tells, enter_deed
from dispatch.domain.law.events import SYSTEM
from dispatch.promises.policy import policy_of
from dispatch.store.alerts import alert_columns
from dispatch.store.tables import Alert
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import tell_of_step

OVER = "suspension_over"
enter_deed(OVER, DeedEntry(tells=(Tells("lead", "resumed"),)))


def end_suspension(store: Store, tx: Transaction, alert: Alert, codes: dict[str, Any]) -> None:
    """Moves the alert back to the status in which it was suspended; `codes` are for its log row."""
    over = Move(OVER, status_before(tx, alert), Actor(SYSTEM, None), codes=codes)
    move_alert(tx, policy_of(store, tx.session, alert), alert, over)
    tell_of_step(tx, alert_columns(alert), OVER)
