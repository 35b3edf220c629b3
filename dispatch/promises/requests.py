"""What a unit asks of the district about its time, and the clocks that are held meanwhile."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.law.late import AWAITS_DECISION
from dispatch.domain.law.situation import EXTEND, GRANTED, SUSPEND, VOID
from dispatch.domain.law.statuses import IN_HAND, OPEN
from dispatch.domain.law.steps import DECIDED_IN
from dispatch.promises import clocks
from dispatch.promises.policy import Policy
from dispatch.promises.replan import plan_again
from dispatch.store.ids import new_id
from dispatch.store.requests import LAPSED, REFUSED, open_request
from dispatch.store.tables import Alert, Promise, Request
from dispatch.store.transaction import Transaction

# Where a request keeps its meaning; anywhere else it lapses, as if nobody had asked.
_OPEN_IN: Final = {EXTEND: DECIDED_IN, SUSPEND: IN_HAND}
# What becomes of a promise that was kept after its due time while the decision was awaited. One
# that is granted says so by its new due time.
_KEPT_AS: Final = {REFUSED: "missed", LAPSED: "ended"}


def ask(
    tx: Transaction,
    policy: Policy,
    alert: Alert,
    kind: str,
    asker: str,
    held: Iterable[Promise],
    **codes: Any,
) -> None:
    """Put it to the district; the clocks that it would move are held from their due time on."""
    tx.session.add(
        Request(
            id=new_id(),
            alert_id=alert.id,
            kind=kind,
            unit=alert.lead or "",
            asked_at=tx.now,
            codes={**codes, "asker": asker},
        ),
    )
    for promise in held:
        is_late = promise.due_at is not None and promise.due_at <= tx.now
        if not is_late and promise.flag != "calendar_ends":
            promise.flag = AWAITS_DECISION
            plan_again(tx.session, policy, promise)


def decide(tx: Transaction, policy: Policy, alert: Alert, verdict: str) -> Request:
    """The district's word on what waits; its clocks are free again, and what became due meanwhile
    comes due.
    """
    request = waiting(tx.session, alert)
    request.ruled_at, request.verdict = tx.now, verdict
    _let_go(tx, policy, alert, verdict)
    return request


def waiting(session: Session, alert: Alert) -> Request:
    """The request that waits; the law has said that there is one."""
    request = open_request(session, alert.id, *_OPEN_IN)
    if request is None:
        raise LookupError(f"nothing was asked on {alert.id}")
    return request


def disposing(session: Session, alert: Alert) -> Promise | None:
    """The lead's promise to dispose while it runs or stands."""
    return clocks.running(session, alert.id).main.get(TO_DISPOSE)


def _let_go(tx: Transaction, policy: Policy, alert: Alert, verdict: str) -> None:
    """The clocks that a request held are planned anew."""
    for promise in clocks.running(tx.session, alert.id).all():
        if promise.flag == AWAITS_DECISION:
            promise.flag = None
            plan_again(tx.session, policy, promise)
    if verdict != GRANTED:
        for promise in undecided(tx.session, alert.id):
            promise.state = _KEPT_AS[verdict]
            promise.flag = AWAITS_DECISION if verdict == LAPSED else None


def undecided(session: Session, alert_id: str) -> Sequence[Promise]:
    """The promises that were kept after their due time while nobody had decided, oldest first."""
    mine = select(Promise).where(Promise.alert_id == alert_id, Promise.state == AWAITS_DECISION)
    return session.scalars(mine.order_by(Promise.started_at, Promise.id)).all()


def lapse(tx: Transaction, policy: Policy, alert: Alert, target: str, step: str) -> None:
    """A deed takes the alert elsewhere: what was asked has no meaning there, and is forgotten.

    `step`: reassign takes it to another unit, whatever its status. What is over needs no word on
    whether it should have been: opened again it is asked anew. A promise that was kept while
    nobody decided ends neutral then: the silence of the district neither accuses nor excuses.
    """
    if target not in OPEN and (void := open_request(tx.session, alert.id, VOID)):
        void.ruled_at, void.verdict = tx.now, LAPSED
    if alert.status not in _OPEN_IN[EXTEND]:
        return
    request = open_request(tx.session, alert.id, *_OPEN_IN)
    if request is None or (target in _OPEN_IN[request.kind] and step != "reassign"):
        return
    request.ruled_at, request.verdict = tx.now, LAPSED
    _let_go(tx, policy, alert, LAPSED)


def go_on(tx: Transaction, policy: Policy, alert: Alert, source: str) -> None:
    """The clocks have moved with a deed: what is asked for a promise that was kept in time needs
    no answer; what is asked for one that was kept late holds its rework as well.
    """
    if source == alert.status or source not in _OPEN_IN[EXTEND]:
        return
    request = open_request(tx.session, alert.id, EXTEND)
    if request is None:
        return
    promise = clocks.running(tx.session, alert.id).main.get(TO_DISPOSE)
    if not undecided(tx.session, alert.id):
        if promise is None:
            request.ruled_at, request.verdict = tx.now, LAPSED
    elif promise is not None and promise.flag != "calendar_ends":
        promise.flag = AWAITS_DECISION
        plan_again(tx.session, policy, promise)
