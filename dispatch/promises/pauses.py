"""A clock stands: for a reason, in a unit's name, until a time; it goes on with its last reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.domain.time.ordered_instant import OrderedInstant
from dispatch.domain.time.pauses import PAUSE, RESUME
from dispatch.promises import clocks
from dispatch.promises.due_times import open_reasons
from dispatch.promises.policy import Policy
from dispatch.promises.replan import plan_again
from dispatch.store.ids import new_id
from dispatch.store.requests import when_promised
from dispatch.store.tables import Promise, PromiseEvent, Rung

LEVEL: Final = 0  # below every ladder
_NEXT: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Standing:
    """Why a clock stands (one key for each reason), who answers for it, until when at most.

    `since`: when it was asked for, where it is granted only now.
    """

    reason: str
    owner: str | None = None
    until: datetime | None = None
    since: OrderedInstant | None = None


def pause(session: Session, promise: Promise, now: datetime, standing: Standing) -> None:
    """The clock stands: no due time, no rung, until it goes on; what is late stays late.

    A second reason beside the first counts once; the clock goes on when both are gone.
    """
    since = standing.since.at if standing.since else now
    if promise.card is not None and promise.due_at is not None and standing.since is None:
        since = max(since, promise.due_at)  # the sweep was first, whatever the clock read here
    if standing.since and standing.since < when_promised(promise):
        since = now  # it was not asked for: this one ran, and was owed, until now
    if promise.state == "running":
        clocks.cancel_rungs(session, promise)
        promise.state = "paused"
        if promise.due_at is not None and since < promise.due_at:
            promise.due_at = None
    _write(session, promise, since, PAUSE, standing)
    if standing.until is not None:
        session.add(_expiry(session, promise, standing.reason, standing.until))
    session.flush()


def release(session: Session, policy: Policy, promise: Promise, now: datetime, reason: str) -> bool:
    """One reason is gone; True where it was the last and the clock runs again.

    As of its own date where that has passed: a sweep that comes late, or a person who comes before
    it, gives nobody more time than was granted (S22).
    """
    ended = min([now, *_dates(session, promise, reason)])
    _write(session, promise, ended, RESUME, Standing(reason))
    session.flush()
    _forget_expiry(session, promise, reason)
    if open_reasons(session, promise):
        return False
    promise.state = "running"
    plan_again(session, policy, promise)
    return True


def _dates(session: Session, promise: Promise, reason: str) -> list[datetime]:
    """Until when the clock stands for a reason that is open now."""
    ended = select(func.max(PromiseEvent.at)).where(
        PromiseEvent.promise_id == promise.id,
        PromiseEvent.reason == reason,
        PromiseEvent.kind == RESUME,
    )
    dates = select(PromiseEvent.until).where(
        PromiseEvent.promise_id == promise.id,
        PromiseEvent.reason == reason,
        PromiseEvent.until.is_not(None),
    )
    last = session.scalar(ended)
    since = dates if last is None else dates.where(PromiseEvent.at > last)
    return [until for until in session.scalars(since) if until is not None]


def _write(
    session: Session, promise: Promise, now: datetime, kind: str, standing: Standing
) -> None:
    session.add(
        PromiseEvent(
            id=new_id(),
            promise_id=promise.id,
            at=_after_the_last(session, promise, now, kind, standing.reason),
            kind=kind,
            reason=standing.reason,
            owner=standing.owner,
            until=standing.until,
        ),
    )


def _after_the_last(
    session: Session, promise: Promise, now: datetime, kind: str, reason: str
) -> datetime:
    """The machine's clock may have been set back: nothing comes before what it ends or follows."""
    last = session.scalar(
        select(func.max(PromiseEvent.at)).where(
            PromiseEvent.promise_id == promise.id, PromiseEvent.reason == reason
        ),
    )
    if last is None:
        return now
    return max(now, last if kind == RESUME else last + _NEXT)


def _expiry(session: Session, promise: Promise, reason: str, until: datetime) -> Rung:
    """A rung like any other: it fires once, whoever sweeps, and says that the clock goes on."""
    before = select(func.count()).where(Rung.promise_id == promise.id, Rung.level == LEVEL)
    return Rung(
        id=new_id(),
        promise_id=promise.id,
        alert_id=promise.alert_id,
        level=LEVEL,
        turn=session.scalar(before) or 0,
        action=RESUME,
        to=[reason],
        due_at=until,
    )


def _forget_expiry(session: Session, promise: Promise, reason: str) -> None:
    waiting = select(Rung).where(
        Rung.promise_id == promise.id, Rung.action == RESUME, Rung.state == "pending"
    )
    for rung in session.scalars(waiting):
        if rung.to == [reason]:
            rung.state = "cancelled"
