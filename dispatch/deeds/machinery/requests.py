"""The unit asks, the district decides: the request, and the clocks that are held meanwhile."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.deeds.machinery.case import Case
from dispatch.domain.law.extensions import asked_in_time
from dispatch.domain.law.steps import DECIDED_IN, OPEN
from dispatch.domain.time.courses import spent
from dispatch.errors import Refused
from dispatch.promises import clocks
from dispatch.promises.clocks import PENDING
from dispatch.promises.due_times import pauses_of
from dispatch.promises.policy import Policy
from dispatch.promises.replan import plan_again
from dispatch.store.ids import new_id
from dispatch.store.requests import (
    EXTEND,
    GRANTED,
    LAPSED,
    REFUSED,
    SUSPEND,
    VOID,
    open_request,
)
from dispatch.store.tables import Alert, Promise, Request
from dispatch.store.transaction import Transaction

CLOCK: Final = "dispose"  # the promise that is extended, and that says whether it is too late
# Where a request keeps its meaning; anywhere else it lapses, as if nobody had asked.
_OPEN_IN: Final = {EXTEND: DECIDED_IN, SUSPEND: frozenset({"signed", "on_site"})}
# What becomes of a promise that was kept after its due time while the decision was awaited. One
# that is granted says so by its new due time.
_KEPT_AS: Final = {REFUSED: "missed", LAPSED: "ended"}


def check_asking(case: Case) -> Promise:
    """One request at a time, before 90 % of the limit to dispose is used; its promise.

    Raises Refused: request_open, not_timed, asked_too_late.
    """
    if open_request(case.tx.session, case.alert.id, *_OPEN_IN) is not None:
        raise Refused("request_open")
    promise = clocks.running(case.tx.session, case.alert.id).main.get(CLOCK)
    if promise is None:
        raise Refused("not_timed")
    found = _spent(case, promise)
    if found is None:
        raise Refused("not_timed")
    if not asked_in_time(*found):
        raise Refused("asked_too_late")
    return promise


def _spent(case: Case, promise: Promise) -> tuple[int, int] | None:
    calendar = case.policy.editions(promise.playbook_version).calendars[promise.calendar]
    return spent(promise, calendar, case.tx.now, pauses_of(case.tx.session, promise))


def ask(case: Case, kind: str, held: Iterable[Promise], **codes: Any) -> None:
    """Put it to the district; the clocks that it would move are held from their due time on."""
    session, now = case.tx.session, case.tx.now
    session.add(
        Request(
            id=new_id(),
            alert_id=case.alert.id,
            kind=kind,
            unit=case.alert.lead or "",
            asked_at=now,
            codes={**codes, "asker": case.by_ref},
        ),
    )
    for promise in held:
        is_late = promise.due_at is not None and promise.due_at <= now
        if not is_late and promise.flag != "calendar_ends":
            promise.flag = PENDING
            plan_again(session, case.policy, promise)


def check_decision(case: Case, kind: str) -> Request:
    """The request that waits, to be decided by somebody else than who asked.

    Raises Refused: nothing_asked, own_request.
    """
    request = open_request(case.tx.session, case.alert.id, *_OPEN_IN)
    if request is None or request.kind != kind:
        raise Refused("nothing_asked")
    if request.codes.get("asker") == case.by_ref:
        raise Refused("own_request")
    return request


def decide(case: Case, kind: str, verdict: str) -> Request:
    """The district's word; its clocks are free again, and what became due meanwhile comes due."""
    request = check_decision(case, kind)
    request.ruled_at, request.verdict = case.tx.now, verdict
    _let_go(case.tx, case.policy, case.alert, verdict)
    return request


def _let_go(tx: Transaction, policy: Policy, alert: Alert, verdict: str) -> None:
    """The clocks that a request held are planned anew."""
    for promise in clocks.running(tx.session, alert.id).all():
        if promise.flag == PENDING:
            promise.flag = None
            plan_again(tx.session, policy, promise)
    if verdict != GRANTED:
        for promise in undecided(tx.session, alert.id):
            promise.state = _KEPT_AS[verdict]
            promise.flag = PENDING if verdict == LAPSED else None


def undecided(session: Session, alert_id: str) -> Sequence[Promise]:
    """The promises that were kept after their due time while nobody had decided, oldest first."""
    mine = select(Promise).where(Promise.alert_id == alert_id, Promise.state == PENDING)
    return session.scalars(mine.order_by(Promise.started_at)).all()


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
    promise = clocks.running(tx.session, alert.id).main.get(CLOCK)
    if not undecided(tx.session, alert.id):
        if promise is None:
            request.ruled_at, request.verdict = tx.now, LAPSED
    elif promise is not None and promise.flag != "calendar_ends":
        promise.flag = PENDING
        plan_again(tx.session, policy, promise)
