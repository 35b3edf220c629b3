"""Pauses a promise's clock for a reason, and resumes it when its last reason ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import PAUSED, RUNNING
from dispatch.domain.time.ordered_instant import OrderedInstant
from dispatch.domain.time.pauses import PAUSE, RESUME
from dispatch.promises.cancel_rungs import cancel_rungs
from dispatch.promises.due_times import open_reasons
from dispatch.promises.policy import Policy
from dispatch.promises.replan import replan
from dispatch.store.ids import new_id
from dispatch.store.requests import when_promised
from dispatch.store.tables import Promise, PromiseEvent, Rung

PAUSE_END_LEVEL: Final = 0  # below every ladder's levels
_NEXT: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class PauseReason:
    """Why a clock is paused (one key for each reason), which unit answers for it, and until when.

    `since`: when it was asked for, where it is granted only now.
    """

    reason: str
    owner: str | None = None
    until: datetime | None = None
    since: OrderedInstant | None = None


def pause_promise(session: Session, promise: Promise, now: datetime, pause: PauseReason) -> None:
    """Pauses the clock: no due time and no rungs until it resumes; a late promise stays late.

    Several reasons at a time count once; the clock resumes when all have ended.
    """
    since = pause.since.at if pause.since else now
    if promise.card is not None and promise.due_at is not None and pause.since is None:
        # the sweep has fired the card, whatever this machine's clock says
        since = max(since, promise.due_at)
    if pause.since and pause.since < when_promised(promise):
        since = now  # the promise began after the request, so it ran until now
    if promise.state == RUNNING:
        cancel_rungs(session, promise)
        promise.state = PAUSED
        if promise.due_at is not None and since < promise.due_at:
            promise.due_at = None
    _write(session, promise, since, PAUSE, pause)
    if pause.until is not None:
        session.add(_expiry(session, promise, pause.reason, pause.until))
    session.flush()


def resume_promise(
    session: Session, policy: Policy, promise: Promise, now: datetime, reason: str
) -> bool:
    """Ends one reason; True where it was the last and the clock runs again.

    It ends as of its own date where that has passed: a sweep that comes late, or a person who comes
    before it, gives nobody more time than was granted.
    """
    ended = min([now, *_dates(session, promise, reason)])
    _write(session, promise, ended, RESUME, PauseReason(reason))
    session.flush()
    _forget_expiry(session, promise, reason)
    if open_reasons(session, promise):
        return False
    promise.state = RUNNING
    replan(session, policy, promise)
    return True


def _dates(session: Session, promise: Promise, reason: str) -> list[datetime]:
    """The dates of the open pauses for a reason."""
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
    session: Session, promise: Promise, now: datetime, kind: str, pause: PauseReason
) -> None:
    session.add(
        PromiseEvent(
            id=new_id(),
            promise_id=promise.id,
            at=_after_the_last(session, promise, now, kind, pause.reason),
            kind=kind,
            reason=pause.reason,
            owner=pause.owner,
            until=pause.until,
        ),
    )


def _after_the_last(
    session: Session, promise: Promise, now: datetime, kind: str, reason: str
) -> datetime:
    """Now, or the last event's time if the machine's clock was set back: events keep
    their order.
    """
    last = session.scalar(
        select(func.max(PromiseEvent.at)).where(
            PromiseEvent.promise_id == promise.id, PromiseEvent.reason == reason
        ),
    )
    if last is None:
        return now
    return max(now, last if kind == RESUME else last + _NEXT)


def _expiry(session: Session, promise: Promise, reason: str, until: datetime) -> Rung:
    """The rung that resumes the clock on the date; it fires once, like any other."""
    before = select(func.count()).where(
        Rung.promise_id == promise.id, Rung.level == PAUSE_END_LEVEL
    )
    return Rung(
        id=new_id(),
        promise_id=promise.id,
        alert_id=promise.alert_id,
        level=PAUSE_END_LEVEL,
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
