"""What a rung does when it fires: one function an action, all in one table."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from dispatch.actions.notices import post
from dispatch.actions.transition import SYSTEM, Actor, Move, move, policy_of
from dispatch.domain.escalation import worst
from dispatch.domain.ladders import CARDS
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.store.transaction import Store, Transaction

DISTRICT: Final = "district"
WORST_SEVERITY: Final = 1


@dataclass(frozen=True)
class Claimed:
    """A due rung with its promise and its alert, all held until the transaction ends."""

    rung: Rung
    promise: Promise
    alert: Alert


@dataclass(frozen=True)
class Situation:
    """A rung that fires now; `codes` is what its log row will say."""

    store: Store
    tx: Transaction
    rung: Rung
    promise: Promise
    alert: Alert
    codes: dict[str, Any]


def apply_rung(store: Store, tx: Transaction, claimed: Claimed, overtaken: Sequence[Rung]) -> None:
    """Fire a rung: its state, its effects, its log row; the rungs it overtakes are named in it."""
    rung, promise = claimed.rung, claimed.promise
    if promise.state != "running" or rung.state != "pending":
        _cancel([rung, *overtaken])  # an effect before it in this batch ended its clock
        return
    for each in (rung, *overtaken):
        each.state = "fired" if each is rung else "overtaken"
        each.fired_at = tx.now
    codes = _codes(tx, rung, promise, overtaken)
    EFFECTS[rung.action](Situation(store, tx, rung, promise, claimed.alert, codes))


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
        "late_s": (tx.now - rung.due_at) // timedelta(seconds=1),
        "overtaken": [[each.level, each.turn] for each in overtaken],
    }


def _remind(situation: Situation) -> None:
    _tell(situation, "remind", situation.rung.to)


def _urge(situation: Situation) -> None:
    situation.alert.urged_at = situation.tx.now
    _tell(situation, "notify", situation.rung.to)


def _notify(situation: Situation) -> None:
    _tell(situation, "notify", situation.rung.to)


def _raise_severity(situation: Situation) -> None:
    alert = situation.alert
    alert.severity = max(WORST_SEVERITY, alert.severity - 1)
    _tell(situation, "notify", situation.rung.to)


def _card(situation: Situation) -> None:
    """The alert wears the worst card of its running clocks; this one can only make it worse."""
    card = CARDS[situation.rung.action]
    situation.promise.card = worst([situation.promise.card, card])
    situation.alert.card = worst([situation.alert.card, card])
    situation.codes["card"] = card
    _tell(situation, "card", situation.rung.to or ["lead"])


def _lapse(situation: Situation) -> None:
    """Nobody rated: closed by itself, neutral, never "satisfied by default" (DOMAIN §3)."""
    policy = policy_of(situation.store, situation.tx.session, situation.alert)
    deed = Move("lapse", "closed", Actor(SYSTEM, None), codes=situation.codes)
    move(situation.tx, policy, situation.alert, deed)


EFFECTS: Final[Mapping[str, Callable[[Situation], None]]] = {
    "notice": _remind,
    "urge": _urge,
    **dict.fromkeys(CARDS, _card),
    "open_supervision": _notify,
    "raise_severity": _raise_severity,
    "lapse": _lapse,
}


def _tell(situation: Situation, code: str, to: Sequence[str]) -> None:
    """Write the notices and the log row; a rung that reaches nobody goes up at once."""
    addresses = list(dict.fromkeys(_addresses(situation, to)))
    if not addresses:
        addresses = [("desk", DISTRICT)]
        situation.codes["no_recipient"] = list(to)
    situation.codes["to"] = [ref if kind == "desk" else kind for kind, ref in addresses]
    rows = [_notice(situation, code, kind, ref) for kind, ref in addresses]
    post(situation.tx, rows)
    event = Event(code=code, alert_id=situation.alert.id, role=SYSTEM, codes=situation.codes)
    situation.tx.record(event)


def _addresses(situation: Situation, to: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`to_kind` and `to_ref` of each recipient that there is."""
    alert, promise = situation.alert, situation.promise
    for recipient in to:
        match recipient:
            case "lead":  # whoever owes this clock
                yield "desk", promise.unit or DISTRICT
            case "handler" if alert.handler:
                yield "person", alert.handler
            case "street":
                yield "desk", alert.street or DISTRICT
            case "district":
                yield "desk", DISTRICT
            case "supervisor":
                yield "desk", "supervisor"
            case "reporter":
                yield "reporter", alert.id


def _notice(situation: Situation, code: str, kind: str, ref: str) -> dict[str, Any]:
    due_at = situation.promise.due_at
    return {
        "id": secrets.token_hex(16),
        "alert_id": situation.alert.id,
        "to_kind": kind,
        "to_ref": ref,
        "code": code,
        "params": {
            "clock": situation.promise.clock,
            "due_at": due_at and due_at.isoformat(),
            **({"card": situation.codes["card"]} if "card" in situation.codes else {}),
        },
        "once": f"rung:{situation.rung.id}:{kind}:{ref}",
        "channel": "in_app",
        "created_at": situation.tx.now,
        "state": "pending",
        "attempts": 0,
    }
