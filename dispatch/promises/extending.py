"""Extends promises by a granted request, as if their limits had been longer from the start."""

from collections.abc import Callable
from datetime import datetime

from dispatch.domain.law.late import AWAITS_DECISION
from dispatch.promises.due_times import EXTENSION
from dispatch.promises.policy import Policy
from dispatch.promises.replan import replan
from dispatch.promises.requests import dispose_promise, undecided_promises
from dispatch.promises.rework import remaining_seconds
from dispatch.store.ids import new_id
from dispatch.store.tables import Alert, Promise, PromiseEvent, Request
from dispatch.store.transaction import Transaction


def extend_promises(
    tx: Transaction, policy: Policy, alert: Alert, request: Request, decided: Callable[[], object]
) -> datetime | None:
    """Extends the promises and returns the new due time of the last round. `decided` writes the
    verdict on the request, between the event and the new due times.

    Rounds that were kept while the request was undecided are extended as well, and so is the rework
    that continues with their remainder.
    """
    rounds = list(undecided_promises(tx.session, alert.id))
    if (running := dispose_promise(tx.session, alert)) is not None:
        rounds.append(running)
    tx.session.add(_event(tx, rounds[0], request))
    decided()
    for before, promise in zip([None, *rounds], rounds, strict=False):
        _extend(tx, policy, promise, before)
    return rounds[-1].due_at


def _extend(tx: Transaction, policy: Policy, promise: Promise, before: Promise | None) -> None:
    """`before`: the round whose remainder this one continues with; the remainder has grown."""
    if before is not None:
        promise.budget_s = remaining_seconds(tx.session, policy, before)
    if promise.state == AWAITS_DECISION:
        promise.flag = None
    replan(tx.session, policy, promise)
    if promise.state == AWAITS_DECISION and promise.stopped_at is not None:
        in_time = promise.due_at is None or promise.stopped_at <= promise.due_at
        promise.state = "met" if in_time else "missed"


def _event(tx: Transaction, promise: Promise, request: Request) -> PromiseEvent:
    return PromiseEvent(
        id=new_id(),
        promise_id=promise.id,
        at=tx.now,
        kind=EXTENSION,
        owner=request.unit,
        amount=request.codes["by"],
    )
