"""Hands the open clocks of a unit that goes to its heir: late ones stay missed and begin anew."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from dispatch.deeds.machinery.beginning import begin_clocks
from dispatch.domain.supports import LEAD
from dispatch.domain.time.cards import worst_card
from dispatch.domain.time.pauses import PAUSE
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart
from dispatch.promises.due_times import open_reasons
from dispatch.promises.pauses import PauseReason, pause_promise
from dispatch.promises.policy import Policy, policy_of
from dispatch.store.conditions import is_running_or_paused
from dispatch.store.playbooks import active_version
from dispatch.store.tables import Alert, Assignment, Promise, PromiseEvent
from dispatch.store.transaction import Store, Transaction


def hand_over_clocks(store: Store, tx: Transaction, alert: Alert, gone: str, heir: str) -> None:
    """What is not late goes on with the heir as it is. What is late stays missed with the unit that
    goes, and the heir owes the whole limit from now on, standing where the other stood.
    """
    owed = select(Promise, Assignment.kind).outerjoin(
        Assignment, Assignment.id == Promise.assignment_id
    )
    mine = (Promise.alert_id == alert.id, Promise.unit == gone, is_running_or_paused())
    late: list[tuple[Promise, ClockStart, list[PauseReason]]] = []
    for promise, kind in tx.session.execute(owed.where(*mine).order_by(Promise.id)).all():
        if not clocks.is_missed(promise, tx.now):
            promise.unit = heir
            continue
        late.append((promise, _anew(promise, kind, heir), _pauses(tx, promise, gone, heir)))
    for promise, _, _ in late:
        clocks.take_away(tx.session, promise, tx.now)
    tx.session.flush()
    _begin(tx, _policy(store, tx, alert, gone, heir), [(start, why) for _, start, why in late])
    still = clocks.open_promises(tx.session, alert.id).all()
    alert.card = worst_card(promise.card for promise in still)


def _anew(promise: Promise, kind: str | None, heir: str) -> ClockStart:
    owner, helps = (promise.round, heir, promise.assignment_id), kind not in {None, LEAD}
    return ClockStart(promise.alert_id, promise.clock, *owner, is_support=helps)


def _policy(store: Store, tx: Transaction, alert: Alert, gone: str, heir: str) -> Policy:
    """The alert's own, by the calendars of the version that is active from now on; a unit that
    helps by limits of its own is followed by its heir with the same.
    """
    own = alert.policy.get("supports", {})
    if gone in own:
        alert.policy = alert.policy | {"supports": {heir: own[gone]} | own}
    today = active_version(tx.session) or alert.playbook_version
    return replace(policy_of(store, tx.session, alert), today=today)


def _begin(
    tx: Transaction, policy: Policy, anew: Iterable[tuple[ClockStart, list[PauseReason]]]
) -> None:
    for start, reasons in anew:
        for row in begin_clocks(tx, policy, [start]):
            promise = tx.session.get_one(Promise, row["id"])
            for reason in reasons:
                pause_promise(tx.session, promise, tx.now, reason)


def _pauses(tx: Transaction, promise: Promise, gone: str, heir: str) -> list[PauseReason]:
    """Why the clock stands now, with who answers for it and until when."""
    standing = open_reasons(tx.session, promise)
    began = select(PromiseEvent).where(
        PromiseEvent.promise_id == promise.id, PromiseEvent.kind == PAUSE
    )
    last = {each.reason: each for each in tx.session.scalars(began.order_by(PromiseEvent.at))}
    return [
        PauseReason(str(reason), heir if each.owner == gone else each.owner, each.until)
        for reason, each in last.items()
        if reason in standing
    ]
