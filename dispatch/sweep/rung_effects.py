"""What a rung does when its time has come: one function for each action, in one table."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from dispatch.deeds.lapse import lapse
from dispatch.deeds.machinery.rungs import (
    ESCALATION_EFFECTS,
    ClaimedRung,
    Firing,
    RungEffects,
    fire,
    notify_and_log,
    supervise_owner,
)
from dispatch.deeds.machinery.transition import SYSTEM
from dispatch.deeds.suspension_over import end_suspension
from dispatch.domain.law.statuses import SUSPENDED
from dispatch.domain.time.cards import worst_card
from dispatch.domain.time.ladders import CARDS, LAPSE, UNDECIDED
from dispatch.domain.time.pauses import RESUME
from dispatch.promises.pauses import resume_promise
from dispatch.promises.policy import policy_of
from dispatch.store.log import Event
from dispatch.store.tables import Rung
from dispatch.store.transaction import Store, Transaction


def apply_rung(
    store: Store, tx: Transaction, claimed: ClaimedRung, overtaken: Sequence[Rung]
) -> None:
    """Fires a due rung; the rungs that it overtakes are named in its log row."""
    fire(store, tx, claimed, overtaken, EFFECTS)


def _card(firing: Firing) -> None:
    """Promise and alert get the card if it is worse than theirs. Red opens supervision."""
    card = CARDS[firing.rung.action]
    firing.promise.card = worst_card([firing.promise.card, card])
    firing.alert.card = worst_card([firing.alert.card, card])
    firing.codes["card"] = card
    notify_and_log(firing, "card", firing.rung.to or ["lead"])
    if card == "red":
        supervise_owner(firing)


def _undecided(firing: Firing) -> None:
    """The due time has come and the district has not decided on a request to move it."""
    notify_and_log(firing, UNDECIDED, firing.rung.to)


def _lapse(firing: Firing) -> None:
    lapse(firing.store, firing.tx, firing.alert, firing.codes)


def _resume(firing: Firing) -> None:
    """The pause ends by its own date: the clock resumes, and the log says so."""
    tx, promise, reason = firing.tx, firing.promise, firing.rung.to[0]
    if reason == firing.alert.status == SUSPENDED:
        end_suspension(firing.store, tx, firing.alert, firing.codes)
        return
    policy = policy_of(firing.store, tx.session, firing.alert)
    resume_promise(tx.session, policy, promise, tx.now, reason)
    codes = {**firing.codes, "reason": reason}
    tx.record(Event("clock_resumed", alert_id=firing.alert.id, role=SYSTEM, codes=codes))


EFFECTS: Final[RungEffects] = MappingProxyType(
    {
        **ESCALATION_EFFECTS,
        **dict.fromkeys(CARDS, _card),
        LAPSE: _lapse,
        RESUME: _resume,
        UNDECIDED: _undecided,
    },
)
