"""The requests for a decision on an alert: which are undecided, and which were granted."""

from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dispatch.domain.law.request_names import GRANTED
from dispatch.domain.time.ordered_instant import OrderedInstant
from dispatch.store.tables import Promise, Request

_IN_ORDER: Final = (Request.asked_at, Request.id)
# Built once: every page and every step asks for them.
_REQUESTS: Final = (
    select(Request).where(Request.alert_id == bindparam("alert")).order_by(*_IN_ORDER)
)
_WAITING: Final = select(Request).where(
    Request.alert_id == bindparam("alert"),
    Request.kind.in_(bindparam("kinds", expanding=True)),
    Request.ruled_at.is_(None),
)


def open_request(session: Session, alert_id: str, *kinds: str) -> Request | None:
    """The undecided request of one of these kinds on an alert, or None."""
    return session.scalar(_WAITING, {"alert": alert_id, "kinds": kinds})


def open_requests(session: Session, alert_ids: Collection[str]) -> set[tuple[str, str]]:
    """Alert and kind of each undecided request on these alerts."""
    waiting = select(Request.alert_id, Request.kind).where(
        Request.alert_id.in_(alert_ids), Request.ruled_at.is_(None)
    )
    return {(alert, kind) for alert, kind in session.execute(waiting)}


def requests_of(session: Session, alert_id: str) -> tuple[Request, ...]:
    """Every request that was ever made on an alert, oldest first."""
    return tuple(session.scalars(_REQUESTS, {"alert": alert_id}))


def when_whole_limit_began(promises: Iterable[Promise]) -> OrderedInstant | None:
    """When the promise to dispose began with its whole limit. What continues with a remainder after
    rework is still the same one. `promises`: all of them to dispose, of one alert.
    """
    return max((when_promised(each) for each in promises if each.budget_s is None), default=None)


def when_promised(promise: Promise) -> OrderedInstant:
    """When the promise was made, in order with others of the same instant."""
    return OrderedInstant(promise.started_at, promise.id)


def when_asked(request: Request) -> OrderedInstant:
    """When the request was made, in order with others of the same instant."""
    return OrderedInstant(request.asked_at, request.id)


def last_granted(session: Session, alert_id: str, kind: str) -> Request | None:
    """The request of this kind that was granted last, or None."""
    return session.scalar(
        select(Request)
        .where(Request.alert_id == alert_id, Request.kind == kind, Request.verdict == GRANTED)
        .order_by(*(each.desc() for each in _IN_ORDER))
        .limit(1),
    )
