"""Closes an alert that was closed in another system; for replayed history, never over HTTP."""

from typing import Final

from dispatch.deeds.machinery.transition import SYSTEM, Actor, Move, move_alert
from dispatch.domain.law.allowed import allowed_to_service
from dispatch.domain.law.deed_table import DeedEntry, enter_deed
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Access
from dispatch.promises.policy import policy_of
from dispatch.store.alerts import locked_alert
from dispatch.store.transaction import Store

enter_deed("record_outcome", DeedEntry())
_STEP: Final = STEPS["record_outcome"]


def record_outcome(store: Store, access: Access, alert_id: str) -> bool:
    """Closes an open alert now; dispose is met or missed by its due time, other clocks end as
    neither.

    False where it is closed already. Raises Refused: forbidden_step, not_found.
    """
    with store.write() as tx:
        alert = locked_alert(tx.session, alert_id)
        refusal = allowed_to_service(_STEP, alert.status, is_service=access.is_service)
        if refusal is not None and refusal.code == "step_conflict":
            return False
        if refusal is not None:
            raise refusal
        deed = Move(_STEP.name, _STEP.to, Actor(SYSTEM, None, access.person_id))
        move_alert(tx, policy_of(store, tx.session, alert), alert, deed)
        return True
