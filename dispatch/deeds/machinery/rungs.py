"""Fires a rung: its state, its effect, its notices and its log row, in one transaction.

The table here has the effects that a person may also bring about; the sweep adds those of time
alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from dispatch.deeds.machinery.fired_rungs import LEADERS, FiredRungs
from dispatch.deeds.machinery.supervision import open_supervision
from dispatch.deeds.machinery.supports import whose_codes
from dispatch.domain.law.clock_names import PAUSED, RUNNING
from dispatch.domain.law.deed_table import DeedEntry, enter_deed
from dispatch.domain.law.events import SYSTEM
from dispatch.domain.time.instants import as_logged
from dispatch.domain.time.ladders import REMINDER
from dispatch.domain.time.pauses import RESUME
from dispatch.store.log import Event
from dispatch.store.rows import RowValues
from dispatch.store.tables import Alert, Assignment, Promise, Rung
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.addresses import Address
from dispatch.telling.notices import notice_row, post
from dispatch.telling.recipients import owing_support, rung_recipients

for _told, _variants in {
    "remind": ("support",),
    "card": ("support",),
    "notify": ("support_late", "support", "late"),
}.items():
    enter_deed(_told, DeedEntry(variants=_variants))

WORST_SEVERITY: Final = 1
_FIRES_WHILE: Final = {RESUME: PAUSED}  # everything else fires while its clock runs


@dataclass(frozen=True)
class ClaimedRung:
    """A due rung with its promise and its alert, all locked until the transaction ends."""

    rung: Rung
    promise: Promise
    alert: Alert
    fired_before: FiredRungs


@dataclass(frozen=True)
class Firing:
    """A rung that fires now; `codes` becomes its log row."""

    store: Store
    tx: Transaction
    rung: Rung
    promise: Promise
    alert: Alert
    fired_before: FiredRungs
    codes: dict[str, Any]


RungEffects = Mapping[str, Callable[[Firing], None]]


def fire(
    store: Store,
    tx: Transaction,
    claimed: ClaimedRung,
    overtaken: Sequence[Rung],
    effects: RungEffects,
) -> None:
    """Fires a rung by its effect in the table; the rungs that it overtakes are named in its log
    row.
    """
    rung, promise = claimed.rung, claimed.promise
    if promise.state != _FIRES_WHILE.get(rung.action, RUNNING) or rung.state != "pending":
        _cancel([rung, *overtaken])  # an earlier effect in this batch stopped its clock
        return
    for each in (rung, *overtaken):
        each.state = "fired" if each is rung else "overtaken"
        each.fired_at = tx.now
    claimed.fired_before.add(rung)
    codes = _codes(tx, rung, promise, overtaken)
    if support := owing_support(claimed.alert, promise):
        codes |= whose_codes(support, tx.session.get_one(Assignment, promise.assignment_id).kind)
    effects[rung.action](
        Firing(store, tx, rung, promise, claimed.alert, claimed.fired_before, codes)
    )


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


def _remind(firing: Firing) -> None:
    notify_and_log(firing, "remind", firing.rung.to)


def _urge(firing: Firing) -> None:
    firing.alert.urged_at = firing.tx.now
    notify_and_log(firing, "notify", firing.rung.to)


def _raise_severity(firing: Firing) -> None:
    firing.alert.severity = max(WORST_SEVERITY, firing.alert.severity - 1)
    notify_and_log(firing, "notify", firing.rung.to)


def _open_supervision(firing: Firing) -> None:
    supervise_owner(firing)
    notify_and_log(firing, "notify", firing.rung.to)


def supervise_owner(firing: Firing) -> None:
    """Opens supervision of the unit whose clock it is."""
    promise = firing.promise
    open_supervision(firing.store, firing.tx, firing.alert, promise.clock, promise.unit)


ESCALATION_EFFECTS: Final[RungEffects] = MappingProxyType(
    {
        REMINDER: _remind,
        "urge": _urge,
        "open_supervision": _open_supervision,
        "raise_severity": _raise_severity,
    },
)


def notify_and_log(firing: Firing, code: str, to: Sequence[str]) -> None:
    """Writes the notices and the log row; where nobody is at a recipient's desk, the next one above
    is told.
    """
    tx, alert, codes = firing.tx, firing.alert, firing.codes
    found = rung_recipients(firing.store, tx, alert, firing.promise, to)
    if found.missed:
        codes["no_recipient"] = list(found.missed)
    if LEADERS.intersection(to):
        codes["tried"] = firing.fired_before.before(firing.rung)
    if _is_over(firing):
        codes["support_late" if "support" in codes else "late"] = True
    codes["to"] = [ref if kind == "desk" else kind for kind, ref in found.addresses]
    post(tx, [_notice(firing, code, address) for address in found.addresses])
    tx.record(Event(code=code, alert_id=alert.id, role=SYSTEM, codes=codes))


def _is_over(firing: Firing) -> bool:
    due_at = firing.promise.due_at
    return due_at is not None and due_at <= firing.tx.now


def _notice(firing: Firing, code: str, to: Address) -> RowValues:
    promise, codes, (kind, ref) = firing.promise, firing.codes, to
    params: dict[str, Any] = {
        "clock": promise.clock,
        "due_at": as_logged(promise.due_at),
        "unit": promise.unit,
        **{name: codes[name] for name in ("card", "tried", "support") if name in codes},
    }
    once = f"rung:{firing.rung.id}:{kind}:{ref}"
    return notice_row(firing.tx, firing.alert.id, to, code, once, params)
