"""Takes over earlier due times from alerts that are merged, and gives them back."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import ENDED, MISSED, OVERALL, TO_DISPOSE, UNCOUNTED
from dispatch.domain.time.cards import worst_card
from dispatch.domain.time.instants import as_logged
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.taken_over import MERGE, UNMERGE, earliest, with_pauses_ended
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart
from dispatch.promises.due_times import read_pauses, read_taken_over, recomputed_due
from dispatch.promises.policy import Policy
from dispatch.promises.replan import replan
from dispatch.store.ids import new_id
from dispatch.store.merged import (
    awaited_promise,
    last_dispose_promise,
    promises_owed_before,
)
from dispatch.store.tables import Alert, Promise, PromiseEvent
from dispatch.store.transaction import Transaction


@dataclass(frozen=True)
class Owed:
    """Which unit owes a clock of a merged alert, and when it is due there, by alert."""

    unit: str | None
    due: Mapping[str, datetime]


OwedDueTimes = Mapping[str, Owed]  # by clock
MovedDueTimes = dict[str, tuple[str | None, str | None]]  # by clock, before and after


def owed_by(tx: Transaction, policy: Policy, alert: Alert) -> OwedDueTimes:
    """When the running clocks of an alert are due, and what they took over before."""
    running = clocks.open_promises(tx.session, alert.id).main
    return {
        clock: Owed(promise.unit, _owed(tx, policy, promise)) for clock, promise in running.items()
    }


def _owed(tx: Transaction, policy: Policy, promise: Promise) -> Mapping[str, datetime]:
    book = policy.editions(promise.playbook_version)
    unit, calendar = Limit.parse(promise.limit).unit, book.calendars[promise.calendar]
    pauses = with_pauses_ended(read_pauses(tx.session, promise), tx.now)
    own, _ = recomputed_due(book, vars(promise), pauses)
    due = {promise.alert_id: own}
    for alert, each in read_taken_over(tx.session, promise).items():
        with suppress(CalendarEnds):  # no calendar reaches: the own due time counts
            due[alert] = earliest(due.get(alert), [each], unit, calendar, pauses)
    return {alert: due_at for alert, due_at in due.items() if due_at is not None}


def take_over(tx: Transaction, policy: Policy, master: Alert, owed: OwedDueTimes) -> MovedDueTimes:
    """Takes over each earlier due time as an event, so that it can be given back. Returns the due
    times that moved.

    A clock of a unit moves where the same unit owes it on both alerts: nobody inherits what
    another was late with. The date that reporters were told is the city's, whoever leads.

    A promise to dispose of an alert that nobody accepted yet has still to begin: then what is owed
    is kept with the merged alert (`take_over_waiting`).
    """
    running = clocks.open_promises(tx.session, master.id).main
    moved = _hastened(tx.session, master, owed, running)
    for clock in sorted(running.keys() & owed.keys()):
        promise, before, due = running[clock], running[clock].due_at, owed[clock].due
        if promise.unit != owed[clock].unit:  # no unit owes the told date: it always moves
            continue
        for alert, due_at in due.items():
            _write(tx.session, promise, tx.now, MERGE, alert, due_at)
        if before is None or min(due.values(), default=before) < before:
            replan(tx.session, policy, promise)
        if promise.due_at != before:
            moved[clock] = as_logged(before), as_logged(promise.due_at)
    return moved


def _hastened(
    session: Session, master: Alert, owed: OwedDueTimes, running: Collection[str]
) -> MovedDueTimes:
    """The new time by which an alert will be disposed that nobody accepted yet."""
    told = owed[OVERALL].due if OVERALL in owed else None
    if master.status != "reported" or not told or OVERALL in running:
        return {}
    soonest, before = min(told.values()), awaited_promise(session, master)
    due_at = None if before is None else before.due_at
    if due_at is not None and due_at <= soonest:
        return {}
    return {OVERALL: (as_logged(due_at), as_logged(soonest))}


def go_on_as_told(tx: Transaction, policy: Policy, alert: Alert, led_by: str | None) -> None:
    """An alert is taken out of another and nobody has accepted it anew: the date that its reporter
    was told goes on all the same, and may be late. `led_by`: the unit whose hours counted.
    """
    owed = promises_owed_before(tx.session, alert)
    if not any(each.alert_id == alert.id for each in owed):
        return
    start = ClockStart(alert.id, OVERALL, alert.round, led_by)
    for row in clocks.begin_promises(tx.session, policy, [start], tx.now):
        _continue(tx, policy, tx.session.get_one(Promise, row["id"]), owed)


def take_over_waiting(tx: Transaction, policy: Policy, master: Alert) -> None:
    """The overall clock begins only now: it takes over what reporters were told of alerts that were
    merged before, and its own date where the alert was merged itself and taken out again. Then the
    unit that had it before goes on with its own date as well.
    """
    running = clocks.open_promises(tx.session, master.id).main
    if OVERALL in running:
        owed = promises_owed_before(tx.session, master)
        _continue(tx, policy, running[OVERALL], owed)
    before = last_dispose_promise(tx.session, master)
    goes_on = before is not None and before.state == ENDED and before.due_at is not None
    if before and goes_on and TO_DISPOSE in running and running[TO_DISPOSE].unit == before.unit:
        _continue(tx, policy, running[TO_DISPOSE], [before])


def _continue(
    tx: Transaction, policy: Policy, promise: Promise, before: Collection[Promise]
) -> None:
    """The promise takes over the due times of earlier ones. Where it was missed on the same alert
    already, it is counted once, in the promise that goes on.
    """
    for each in before:
        _write(tx.session, promise, tx.now, MERGE, each.alert_id, each.due_at)
        if each.alert_id == promise.alert_id and each.state == MISSED:
            each.state, each.flag = ENDED, UNCOUNTED
    if before:
        replan(tx.session, policy, promise)


def give_back(
    tx: Transaction, policy: Policy, master: Alert, alerts: Collection[str]
) -> MovedDueTimes:
    """Undoes the merge of these alerts: due times are as if they had never been merged, a card that
    came only of them goes, and rungs that fired for them come again. Returns the due times that
    moved.
    """
    running = clocks.open_promises(tx.session, master.id)
    moved: MovedDueTimes = {}
    for clock, promise in sorted(running.main.items()):
        gone, before = read_taken_over(tx.session, promise).keys() & set(alerts), promise.due_at
        for alert in gone:
            _write(tx.session, promise, tx.now, UNMERGE, alert)
        if gone:
            replan(tx.session, policy, promise)
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
