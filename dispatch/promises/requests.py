"""A unit's requests for more time, and the clocks that are held until they are decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import (
    AWAITS_DECISION,
    CALENDAR_ENDS,
    ENDED,
    MISSED,
    OF_THE_WORK,
    OVERALL,
    TO_DISPOSE,
)
from dispatch.domain.law.late import is_due
from dispatch.domain.law.request_names import (
    EXTEND,
    GRANTED,
    LAPSED,
    REFUSED,
    RELEASE,
    SUSPEND,
    VOID,
)
from dispatch.domain.law.rows.choices import DECIDED_IN
from dispatch.domain.law.statuses import IN_HAND, OPEN
from dispatch.domain.law.steps import STEPS
from dispatch.promises import clocks
from dispatch.promises.policy import Policy
from dispatch.promises.replan import replan
from dispatch.store.ids import new_id
from dispatch.store.requests import open_request
from dispatch.store.tables import Alert, Promise, Request
from dispatch.store.transaction import Transaction

# The statuses in which a request has a meaning; in any other it lapses.
_OPEN_IN: Final = {EXTEND: DECIDED_IN, SUSPEND: IN_HAND}
# The state of a promise that was kept after its due time while the request was undecided. Where
# it is granted, the new due time says.
_KEPT_AS: Final = {REFUSED: MISSED, LAPSED: ENDED}


def ask_district(
    tx: Transaction,
    policy: Policy,
    alert: Alert,
    kind: str,
    asker: str,
    held: Iterable[Promise],
    **codes: Any,
) -> None:
    """Writes the request; the clocks that it would move are held from their due time on."""
    tx.session.add(
        Request(
            id=new_id(),
            alert_id=alert.id,
            kind=kind,
            unit=alert.lead or "",
            asker=asker,
            asked_at=tx.now,
            codes=codes,
        ),
    )
    for promise in held:
        if not is_due(promise.due_at, tx.now) and promise.flag != CALENDAR_ENDS:
            promise.flag = AWAITS_DECISION
            replan(tx.session, policy, promise)


def decide_request(tx: Transaction, policy: Policy, alert: Alert, verdict: str) -> Request:
    """Writes the district's verdict on the undecided request and returns it; its clocks are
    released, and rungs that became due meanwhile come due.
    """
    request = waiting_request(tx.session, alert)
    request.ruled_at, request.verdict = tx.now, verdict
    _release_clocks(tx, policy, alert, verdict)
    return request


def waiting_request(session: Session, alert: Alert) -> Request:
    """The undecided request; the law has made sure that there is one."""
    request = open_request(session, alert.id, *_OPEN_IN)
    if request is None:
        raise LookupError(f"nothing was asked on {alert.id}")
    return request


def dispose_promise(session: Session, alert: Alert) -> Promise | None:
    """The lead's promise to dispose while it runs or is paused, or None."""
    return clocks.open_promises(session, alert.id).main.get(TO_DISPOSE)


def of_the_work(session: Session, alert: Alert) -> list[Promise]:
    """The open promises that an extension lengthens: the lead's promise to dispose, and the overall
    one.
    """
    running = clocks.open_promises(session, alert.id).main
    return [running[clock] for clock in OF_THE_WORK if clock in running]


def told_date(session: Session, alert_id: str) -> datetime | None:
    """The date that the reporter was told, as it stands now; None before it is dispatched."""
    session.flush()
    told = clocks.open_promises(session, alert_id).main.get(OVERALL)
    return told.due_at if told else None


def _release_clocks(tx: Transaction, policy: Policy, alert: Alert, verdict: str) -> None:
    """Replans the clocks that the request held."""
    for promise in clocks.open_promises(tx.session, alert.id).all():
        if promise.flag == AWAITS_DECISION:
            promise.flag = None
            replan(tx.session, policy, promise)
    if verdict != GRANTED:
        for promise in undecided_promises(tx.session, alert.id):
            promise.state = _KEPT_AS[verdict]
            promise.flag = AWAITS_DECISION if verdict == LAPSED else None


def undecided_promises(session: Session, alert_id: str) -> Sequence[Promise]:
    """The promises that were kept after their due time while a request was undecided,
    oldest first.
    """
    mine = select(Promise).where(Promise.alert_id == alert_id, Promise.state == AWAITS_DECISION)
    return session.scalars(mine.order_by(Promise.started_at, Promise.id)).all()


def lapse_request(tx: Transaction, policy: Policy, alert: Alert, target: str, step: str) -> None:
    """Closes a request that becomes meaningless because a step moves the alert elsewhere.

    `step`: reassign gives it to another unit, whatever its status. A request to void lapses when
    the alert is over: after a reopening it is made anew. A promise that was kept meanwhile ends as
    neither met nor missed.
    """
    if target not in OPEN and (void := open_request(tx.session, alert.id, VOID)):
        void.ruled_at, void.verdict = tx.now, LAPSED
    if target not in STEPS["ask_release"].sources:
        lapse_release(tx, alert)
    if alert.status not in _OPEN_IN[EXTEND]:
        return
    request = open_request(tx.session, alert.id, *_OPEN_IN)
    if request is None or (target in _OPEN_IN[request.kind] and step != "reassign"):
        return
    request.ruled_at, request.verdict = tx.now, LAPSED
    _release_clocks(tx, policy, alert, LAPSED)


def lapse_release(tx: Transaction, alert: Alert, unit: str | None = None) -> None:
    """Closes the request to release a unit that helps; of this unit alone, where one is named."""
    request = open_request(tx.session, alert.id, RELEASE)
    if request is not None and unit in {None, request.codes["support"]}:
        request.ruled_at, request.verdict = tx.now, LAPSED


def update_request_after_move(tx: Transaction, policy: Policy, alert: Alert, source: str) -> None:
    """After the clocks moved with a step: a request for a promise that was kept in time lapses, and
    one for a promise that was kept late holds its rework as well.
    """
    if source == alert.status or source not in _OPEN_IN[EXTEND]:
        return
    request = open_request(tx.session, alert.id, EXTEND)
    if request is None:
        return
    going_on = of_the_work(tx.session, alert)
    if not undecided_promises(tx.session, alert.id):
        if not going_on:
            request.ruled_at, request.verdict = tx.now, LAPSED
        return
    for promise in going_on:
        if promise.flag != CALENDAR_ENDS:
            promise.flag = AWAITS_DECISION
            replan(tx.session, policy, promise)
