"""Extends promises by a granted request, as if their limits had been longer from the start."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from dispatch.domain.law.clock_names import AWAITS_DECISION, MET, MISSED
from dispatch.domain.law.late import is_after_due
from dispatch.promises.due_times import EXTENSION
from dispatch.promises.policy import Policy
from dispatch.promises.replan import replan
from dispatch.promises.requests import of_the_work, undecided_promises
from dispatch.promises.rework import remaining_seconds
from dispatch.store.ids import new_id
from dispatch.store.tables import Alert, Promise, PromiseEvent, Request
from dispatch.store.transaction import Transaction


def extend_promises(
    tx: Transaction, policy: Policy, alert: Alert, request: Request, decided: Callable[[], object]
) -> Mapping[str, datetime | None]:
    """Extends the unit's promise to dispose and the date that the reporter was told; returns, by
    clock, the new due time of the last round. `decided` writes the verdict on the request, between
    the events and the new due times.

    Rounds that were kept while the request was undecided are extended as well, and so is the rework
    that continues with their remainder.
    """
    rounds = _rounds(tx, alert)
    for each in rounds.values():
        tx.session.add(_event(tx, each[0], request))
    decided()
    for each in rounds.values():
        for before, promise in zip([None, *each], each, strict=False):
            _extend(tx, policy, promise, before)
    return {clock: each[-1].due_at for clock, each in rounds.items()}


def _rounds(tx: Transaction, alert: Alert) -> dict[str, list[Promise]]:
    """By clock what the extension lengthens, oldest first."""
    rounds: dict[str, list[Promise]] = defaultdict(list)
    for promise in (*undecided_promises(tx.session, alert.id), *of_the_work(tx.session, alert)):
        rounds[promise.clock].append(promise)
    return rounds


def _extend(tx: Transaction, policy: Policy, promise: Promise, before: Promise | None) -> None:
    """`before`: the round whose remainder this one continues with; the remainder has grown."""
    if before is not None:
        promise.budget_s = remaining_seconds(tx.session, policy, before)
    if promise.state == AWAITS_DECISION:
        promise.flag = None
    replan(tx.session, policy, promise)
    if promise.state == AWAITS_DECISION and promise.stopped_at is not None:
        too_late = is_after_due(promise.due_at, promise.stopped_at)
        promise.state = MISSED if too_late else MET


def _event(tx: Transaction, promise: Promise, request: Request) -> PromiseEvent:
    return PromiseEvent(
        id=new_id(),
        promise_id=promise.id,
        at=tx.now,
        kind=EXTENSION,
        owner=request.unit,
        amount=request.codes["by"],
    )
