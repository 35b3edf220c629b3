"""Moves an alert from one status to the next, with its clocks and its log row.

Used by the steps that people take and by the sweep.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.alert_times import stamp_times
from dispatch.deeds.machinery.beginning import begin_moved_clocks
from dispatch.deeds.machinery.ending_supports import end_supports, record_ended
from dispatch.domain.law.clock_changes import MOVES_CLOCKS, ClockChanges, clock_changes
from dispatch.domain.law.clock_names import PAUSED, RUNNING_OR_PAUSED, TO_DISPOSE
from dispatch.domain.law.statuses import HELD, OPEN, STATUSES, SUSPENDED
from dispatch.domain.law.support_steps import SUPPORTS_ACT_IN
from dispatch.domain.law.who import DISTRICT
from dispatch.domain.time.cards import worst_card
from dispatch.promises import clocks, requests
from dispatch.promises.clocks import OpenPromises
from dispatch.promises.pauses import PauseReason, pause_promise, resume_promise
from dispatch.promises.policy import Policy
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Promise
from dispatch.store.transaction import Transaction

RECORD_OUTCOME: Final = "record_outcome"


@dataclass(frozen=True)
class Actor:
    """Who acts: in which role, at which unit; staff by their id, the reporter by a mark."""

    role: str
    unit: str | None
    person: str | None = None
    mark: str | None = None


@dataclass
class Move:
    """One step on one alert. `target` None: the status stays. `moves_as`: the step of the law by
    which clocks and requests move, where it is another one.
    """

    step: str
    target: str | None
    actor: Actor
    codes: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    device_at: datetime | None = None
    moves_version: bool = False
    budgets: dict[str, int] = field(default_factory=dict)
    pause: PauseReason | None = None
    moves_as: str | None = None

    @property
    def law(self) -> str:
        """The step by which clocks and requests move."""
        return self.moves_as or self.step


def move_alert(tx: Transaction, policy: Policy, alert: Alert, deed: Move) -> None:
    """Changes the status, stops and starts clocks, and logs the step. The alert's row is locked."""
    source = alert.status
    target = deed.target or source
    every = clocks.open_promises(tx.session, alert.id)
    over = every.supports.keys() if target not in HELD else ()
    ended = end_supports(tx, sorted(over), target) if over else []
    promised = _move_clocks(tx, policy, alert, deed, target)
    # After the clocks: what still waits for an answer when the step takes it away ends neutral.
    requests.lapse_request(tx, policy, alert, target, deed.law)
    if target != source or deed.moves_version:
        alert.version += 1
    alert.status = target
    stamp_times(alert, source, target, tx.now)
    requests.update_request_after_move(tx, policy, alert, source)
    tx.record(
        Event(
            code=deed.step,
            alert_id=alert.id,
            role=deed.actor.role,
            unit=deed.actor.unit,
            actor=deed.actor.person,
            mark=deed.actor.mark,
            from_status=source,
            to_status=target,
            device_at=deed.device_at,
            codes={**deed.codes, **({"promises": promised} if promised else {})},
            detail=deed.detail,
        ),
    )
    record_ended(tx, alert.id, ended, deed.law)


def _move_clocks(
    tx: Transaction, policy: Policy, alert: Alert, deed: Move, target: str
) -> dict[str, str]:
    """Keeps, pauses, ends, resumes and begins clocks as the law says; returns the outcome of each
    stopped clock.
    """
    if target == alert.status and deed.law not in MOVES_CLOCKS:
        return {}
    every = clocks.open_promises(tx.session, alert.id)
    running = every.main
    changes = _changes(alert, deed, target, running)
    outcomes = {
        clock: stop(tx.session, running.pop(clock), tx.now)
        for stop, names in ((clocks.keep_promise, changes.kept), (_stop_of(deed), changes.ended))
        for clock in sorted(names)
        if clock in running
    }
    pause = deed.pause or PauseReason(target, _whose_turn(policy, alert, target))
    for clock in sorted(changes.paused & running.keys()):
        pause_promise(tx.session, running[clock], tx.now, pause)
    if target not in OPEN:
        stop = _stop_of(deed)
        outcomes |= {clock: stop(tx.session, each, tx.now) for clock, each in running.items()}
        _move_supports(tx, policy, every, target, pause, stop)
        alert.card = None
        return outcomes
    _move_supports(tx, policy, every, target, pause, _stop_of(deed))
    alert.card = worst_card(
        promise.card for promise in every.all() if promise.state in RUNNING_OR_PAUSED
    )
    tx.session.flush()
    begin_moved_clocks(tx, policy, alert, changes.begun, running, deed.budgets)
    return outcomes


def _changes(alert: Alert, deed: Move, target: str, running: Mapping[str, Promise]) -> ClockChanges:
    """The changes of the law, and those clocks start anew for which the step set a budget."""
    held = running.get(TO_DISPOSE)
    changes = clock_changes(
        deed.law,
        alert.status,
        target,
        life_safety=alert.life_safety,
        by_another=held is not None and held.unit != alert.lead,
    )
    again = frozenset(deed.budgets) & running.keys()
    return replace(changes, ended=changes.ended | again, begun=changes.begun | again)


def _stop_of(deed: Move) -> Callable[[Session, Promise, datetime], str]:
    """How a clock ends that a step takes away. Imported history does not say who was late by it."""
    return clocks.end_promise if deed.law == RECORD_OUTCOME else clocks.take_away


def _whose_turn(policy: Policy, alert: Alert, target: str) -> str | None:
    """The unit that has to act while the clocks are paused."""
    is_ruled = STATUSES[target].turn == DISTRICT
    return policy.playbook.district.id if is_ruled else alert.lead


def _move_supports(
    tx: Transaction,
    policy: Policy,
    every: OpenPromises,
    target: str,
    pause: PauseReason,
    stop: Callable[[Session, Promise, datetime], str],
) -> None:
    """The lead's steps do not move the supports' clocks while there is work."""
    for promise in every.of_supports():
        if target == SUSPENDED:
            pause_promise(tx.session, promise, tx.now, pause)
        elif target not in SUPPORTS_ACT_IN:
            stop(tx.session, promise, tx.now)
        elif promise.state == PAUSED:
            resume_promise(tx.session, policy, promise, tx.now, SUSPENDED)
