"""The promises of an alert take over what another one owed sooner, and give it back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.actions import clocks
from dispatch.actions.clocks import Policy
from dispatch.actions.due_times import due_of, pauses_of, taken_of
from dispatch.actions.replan import plan_again
from dispatch.domain.escalation import worst
from dispatch.domain.merging import MERGE, UNMERGE, as_if_running, earliest
from dispatch.domain.promises import Limit
from dispatch.store.alerts import of_support
from dispatch.store.ids import new_id
from dispatch.store.merged import followers_of
from dispatch.store.tables import Alert, Promise, PromiseEvent
from dispatch.store.transaction import Transaction

# Who accepts an alert signs and comes in their own time; what was owed to the reporter goes on.
_GOES_ON: Final = "dispose"
Owed = Mapping[str, Mapping[str, datetime]]  # by clock and alert, when it is due
Moved = dict[str, tuple[str | None, str | None]]  # by clock, before and after


def owed_by(tx: Transaction, policy: Policy, alert: Alert) -> Owed:
    """When the running clocks of an alert are due, and what they took over before."""
    running = clocks.running(tx.session, alert.id).main
    return {clock: _owed(tx, policy, promise) for clock, promise in running.items()}


def _owed(tx: Transaction, policy: Policy, promise: Promise) -> Mapping[str, datetime]:
    book = policy.editions(promise.playbook_version)
    unit, calendar = Limit.parse(promise.limit).unit, book.calendars[promise.calendar]
    pauses = as_if_running(pauses_of(tx.session, promise), tx.now)
    own, _ = due_of(book, vars(promise), pauses)
    due = {promise.alert_id: own}
    for alert, each in taken_of(tx.session, promise).items():
        due[alert] = earliest(due.get(alert), [each], unit, calendar, pauses)
    return {alert: due_at for alert, due_at in due.items() if due_at is not None}


def take_over(tx: Transaction, policy: Policy, master: Alert, owed: Owed) -> Moved:
    """Every due time is kept as an event, so that each can be given back; what moved by it."""
    running = clocks.running(tx.session, master.id).main
    moved: Moved = {}
    for clock in sorted(running.keys() & owed.keys()):
        promise, before = running[clock], running[clock].due_at
        for alert, due_at in owed[clock].items():
            _write(tx.session, promise, tx.now, MERGE, alert, due_at)
        if before is None or min(owed[clock].values(), default=before) < before:
            plan_again(tx.session, policy, promise)
        if promise.due_at != before:
            moved[clock] = _iso(before), _iso(promise.due_at)
    return moved


def go_on_with(tx: Transaction, policy: Policy, master: Alert) -> None:
    """Disposing begins only now: it goes on with what is owed of those that were merged before,
    and with its own, where it was merged itself and taken out again.
    """
    promise = clocks.running(tx.session, master.id).main.get(_GOES_ON)
    below = [each.id for each in followers_of(tx.session, master.id)]
    if promise is None:
        return
    of_them = Promise.alert_id.in_(below) & (Promise.stopped_at == Alert.merged_at)
    its_own = (Promise.alert_id == master.id) & (Promise.state == "ended")
    owed = tx.session.execute(
        select(Promise.alert_id, Promise.due_at)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(Promise.clock == _GOES_ON, Promise.due_at.is_not(None), ~of_support())
        .where(of_them | its_own)
        .order_by(Promise.stopped_at),
    ).all()
    newest = {row.alert_id: row.due_at for row in owed}
    for alert, due_at in newest.items():
        _write(tx.session, promise, tx.now, MERGE, alert, due_at)
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
            moved[clock] = _iso(before), _iso(promise.due_at)
    master.card = worst(promise.card for promise in running.all())
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


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
