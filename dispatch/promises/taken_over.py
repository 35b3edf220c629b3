"""The promises of an alert take over what another one owed sooner, and give it back."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.time.cards import worst_card
from dispatch.domain.time.instants import as_logged
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.taken_over import MERGE, UNMERGE, earliest, with_pauses_ended
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.promises import clocks
from dispatch.promises.due_times import due_of, pauses_of, taken_of
from dispatch.promises.policy import Policy
from dispatch.promises.replan import plan_again
from dispatch.store.ids import new_id
from dispatch.store.merged import awaited_promise, promises_owed_before
from dispatch.store.tables import Alert, Promise, PromiseEvent
from dispatch.store.transaction import Transaction

Owed = Mapping[str, Mapping[str, datetime]]  # by clock and alert, when it is due
Moved = dict[str, tuple[str | None, str | None]]  # by clock, before and after


def owed_by(tx: Transaction, policy: Policy, alert: Alert) -> Owed:
    """When the running clocks of an alert are due, and what they took over before."""
    running = clocks.running(tx.session, alert.id).main
    return {clock: _owed(tx, policy, promise) for clock, promise in running.items()}


def _owed(tx: Transaction, policy: Policy, promise: Promise) -> Mapping[str, datetime]:
    book = policy.editions(promise.playbook_version)
    unit, calendar = Limit.parse(promise.limit).unit, book.calendars[promise.calendar]
    pauses = with_pauses_ended(pauses_of(tx.session, promise), tx.now)
    own, _ = due_of(book, vars(promise), pauses)
    due = {promise.alert_id: own}
    for alert, each in taken_of(tx.session, promise).items():
        with suppress(CalendarEnds):  # nobody can say when that is: the own due time stands
            due[alert] = earliest(due.get(alert), [each], unit, calendar, pauses)
    return {alert: due_at for alert, due_at in due.items() if due_at is not None}


def take_over(tx: Transaction, policy: Policy, master: Alert, owed: Owed) -> Moved:
    """Every due time is kept as an event, so that each can be given back; what moved by it.

    Disposing an alert that nobody accepted yet has still to begin: what is owed then waits with
    the one that was merged (`go_on_with`).
    """
    running = clocks.running(tx.session, master.id).main
    moved = _hastened(tx.session, master, owed)
    for clock in sorted(running.keys() & owed.keys()):
        promise, before = running[clock], running[clock].due_at
        for alert, due_at in owed[clock].items():
            _write(tx.session, promise, tx.now, MERGE, alert, due_at)
        if before is None or min(owed[clock].values(), default=before) < before:
            plan_again(tx.session, policy, promise)
        if promise.due_at != before:
            moved[clock] = as_logged(before), as_logged(promise.due_at)
    return moved


def _hastened(session: Session, master: Alert, owed: Owed) -> Moved:
    """By when an alert will be disposed that was promised to nobody so soon."""
    if master.status != "reported" or not owed.get(TO_DISPOSE):
        return {}
    soonest, before = min(owed[TO_DISPOSE].values()), awaited_promise(session, master)
    due_at = None if before is None else before.due_at
    if due_at is not None and due_at <= soonest:
        return {}
    return {TO_DISPOSE: (as_logged(due_at), as_logged(soonest))}


def go_on_with(tx: Transaction, policy: Policy, master: Alert) -> None:
    """Disposing begins only now: it goes on with what is owed of those that were merged before,
    and with its own, where it was merged itself and taken out again.
    """
    promise = clocks.running(tx.session, master.id).main.get(TO_DISPOSE)
    if promise is None:
        return
    owed = promises_owed_before(tx.session, master)
    for each in owed:
        _write(tx.session, promise, tx.now, MERGE, each.alert_id, each.due_at)
    if owed:
        plan_again(tx.session, policy, promise)


def give_back(tx: Transaction, policy: Policy, master: Alert, alerts: Collection[str]) -> Moved:
    """The promises are due as if these alerts had never been merged; a card that came only of
    them goes, and what fired for them comes again in its own time.
    """
    running = clocks.running(tx.session, master.id)
    moved: Moved = {}
    for clock, promise in sorted(running.main.items()):
        gone, before = taken_of(tx.session, promise).keys() & set(alerts), promise.due_at
        for alert in gone:
            _write(tx.session, promise, tx.now, UNMERGE, alert)
        if gone:
            plan_again(tx.session, policy, promise)
            if promise.due_at is None or promise.due_at > tx.now:
                promise.card = None
        if promise.due_at != before:
            moved[clock] = as_logged(before), as_logged(promise.due_at)
    master.card = worst_card(promise.card for promise in running.all())
    return moved


def _write(
    session: Session,
    promise: Promise,
    now: datetime,
    kind: str,
    alert: str,
    due_at: datetime | None = None,
) -> None:
    session.add(
        PromiseEvent(
            id=new_id(),
            promise_id=promise.id,
            at=now,
            kind=kind,
            reason=alert,
            until=due_at,
        ),
    )
