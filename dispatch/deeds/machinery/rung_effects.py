"""What a rung does when it fires: one function an action, all in one table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from dispatch.deeds.machinery.rungs_past import LEADERS, Past
from dispatch.deeds.machinery.supervision import open_supervision
from dispatch.deeds.machinery.suspensions import SUSPENDED, end_suspension
from dispatch.deeds.machinery.transition import SYSTEM, Actor, Move, move
from dispatch.domain.time.escalation import worst
from dispatch.domain.time.ladders import CARDS
from dispatch.promises.pauses import RESUME, release
from dispatch.promises.policy import policy_of
from dispatch.promises.rungs_owed import UNDECIDED
from dispatch.store.ids import new_id
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import post
from dispatch.telling.recipients import reached, support_of

WORST_SEVERITY: Final = 1


@dataclass(frozen=True)
class Claimed:
    """A due rung with its promise and its alert, all held until the transaction ends."""

    rung: Rung
    promise: Promise
    alert: Alert
    past: Past


@dataclass(frozen=True)
class Situation:
    """A rung that fires now; `codes` is what its log row will say."""

    store: Store
    tx: Transaction
    rung: Rung
    promise: Promise
    alert: Alert
    past: Past
    codes: dict[str, Any]


def apply_rung(store: Store, tx: Transaction, claimed: Claimed, overtaken: Sequence[Rung]) -> None:
    """Fire a rung: its state, its effects, its log row; the rungs it overtakes are named in it."""
    rung, promise = claimed.rung, claimed.promise
    if promise.state != STANDS.get(rung.action, "running") or rung.state != "pending":
        _cancel([rung, *overtaken])  # an effect before it in this batch ended its clock
        return
    for each in (rung, *overtaken):
        each.state = "fired" if each is rung else "overtaken"
        each.fired_at = tx.now
    claimed.past.add(rung)
    codes = _codes(tx, rung, promise, overtaken)
    if support := support_of(claimed.alert, promise):
        codes["support"] = support
    mine = Situation(store, tx, rung, promise, claimed.alert, claimed.past, codes)
    EFFECTS[rung.action](mine)


def _cancel(rungs: Sequence[Rung]) -> None:
    for rung in rungs:
        if rung.state == "pending":
            rung.state = "cancelled"


def _codes(
    tx: Transaction, rung: Rung, promise: Promise, overtaken: Sequence[Rung]
) -> dict[str, Any]:
    return {
        "clock": promise.clock,
        "action": rung.action,
        "level": rung.level,
        "turn": rung.turn,
        "due_at": rung.due_at.isoformat(),
        "fired_at": tx.now.isoformat(),
        "late_s": max(timedelta(), tx.now - rung.due_at) // timedelta(seconds=1),
        "overtaken": [[each.level, each.turn] for each in overtaken],
    }


def _remind(situation: Situation) -> None:
    _tell(situation, "remind", situation.rung.to)


def _urge(situation: Situation) -> None:
    situation.alert.urged_at = situation.tx.now
    _tell(situation, "notify", situation.rung.to)


def _raise_severity(situation: Situation) -> None:
    alert = situation.alert
    alert.severity = max(WORST_SEVERITY, alert.severity - 1)
    _tell(situation, "notify", situation.rung.to)


def _open_supervision(situation: Situation) -> None:
    _supervise(situation)
    _tell(situation, "notify", situation.rung.to)


def _supervise(situation: Situation) -> None:
    alert, promise = situation.alert, situation.promise
    open_supervision(
        situation.store, situation.tx, alert, promise.clock, support_of(alert, promise)
    )


def _card(situation: Situation) -> None:
    """The alert wears the worst card of its running clocks; this one can only make it worse.

    Red opens supervision (DOMAIN §4).
    """
    card = CARDS[situation.rung.action]
    situation.promise.card = worst([situation.promise.card, card])
    situation.alert.card = worst([situation.alert.card, card])
    situation.codes["card"] = card
    _tell(situation, "card", situation.rung.to or ["lead"])
    if card == "red":
        _supervise(situation)


def _undecided(situation: Situation) -> None:
    """The due time has come and the district has not said whether it moves."""
    _tell(situation, UNDECIDED, situation.rung.to)


def _lapse(situation: Situation) -> None:
    """Nobody rated: closed by itself, neutral, never "satisfied by default" (DOMAIN §3)."""
    policy = policy_of(situation.store, situation.tx.session, situation.alert)
    deed = Move("lapse", "closed", Actor(SYSTEM, None), codes=situation.codes)
    move(situation.tx, policy, situation.alert, deed)


def _resume(situation: Situation) -> None:
    """The pause is over by its own date: the clock goes on and says so (S22)."""
    tx, promise, reason = situation.tx, situation.promise, situation.rung.to[0]
    if reason == situation.alert.status == SUSPENDED:
        end_suspension(situation.store, tx, situation.alert, situation.codes)
        return
    policy = policy_of(situation.store, tx.session, situation.alert)
    release(tx.session, policy, promise, tx.now, reason)
    codes = {**situation.codes, "reason": reason}
    tx.record(Event("clock_resumed", alert_id=situation.alert.id, role=SYSTEM, codes=codes))


STANDS: Final = {RESUME: "paused"}  # what else fires only while its clock runs
EFFECTS: Final[Mapping[str, Callable[[Situation], None]]] = {
    "notice": _remind,
    "urge": _urge,
    **dict.fromkeys(CARDS, _card),
    "open_supervision": _open_supervision,
    "raise_severity": _raise_severity,
    "lapse": _lapse,
    RESUME: _resume,
    UNDECIDED: _undecided,
}


def _tell(situation: Situation, code: str, to: Sequence[str]) -> None:
    """Write the notices and the log row; a rung that reaches nobody goes up at once."""
    tx, alert, codes = situation.tx, situation.alert, situation.codes
    found = reached(situation.store, tx, alert, situation.promise, to)
    if found.missed:
        codes["no_recipient"] = list(found.missed)
    if LEADERS.intersection(to):
        codes["tried"] = situation.past.before(situation.rung)
    codes["to"] = [ref if kind == "desk" else kind for kind, ref in found.addresses]
    post(tx, [_notice(situation, code, kind, ref) for kind, ref in found.addresses])
    tx.record(Event(code=code, alert_id=alert.id, role=SYSTEM, codes=codes))


def _notice(situation: Situation, code: str, kind: str, ref: str) -> dict[str, Any]:
    due_at, codes = situation.promise.due_at, situation.codes
    return {
        "id": new_id(),
        "alert_id": situation.alert.id,
        "to_kind": kind,
        "to_ref": ref,
        "code": code,
        "params": {
            "clock": situation.promise.clock,
            "due_at": due_at and due_at.isoformat(),
            "unit": situation.promise.unit,
            **{name: codes[name] for name in ("card", "tried", "support") if name in codes},
        },
        "once": f"rung:{situation.rung.id}:{kind}:{ref}",
        "channel": "in_app",
        "created_at": situation.tx.now,
        "attempts": 0,
    }
