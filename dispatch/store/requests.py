"""What was asked for on an alert: what waits for a decision, and what was granted."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.situation import GRANTED
from dispatch.domain.time.ordered_instant import OrderedInstant
from dispatch.store.tables import Promise, Request

REFUSED: Final = "refused"
LAPSED: Final = "lapsed"  # nobody decided before it had no meaning any more
_IN_ORDER: Final = (Request.asked_at, Request.id)


def open_request(session: Session, alert_id: str, *kinds: str) -> Request | None:
    """The request of one of these kinds that waits on an alert."""
    return session.scalar(
        select(Request).where(
            Request.alert_id == alert_id, Request.kind.in_(kinds), Request.ruled_at.is_(None)
        ),
    )


def requests_of(session: Session, alert_id: str) -> tuple[Request, ...]:
    """Everything that was ever asked on an alert, oldest first."""
    rows = select(Request).where(Request.alert_id == alert_id).order_by(*_IN_ORDER)
    return tuple(session.scalars(rows))


def promised_at(promises: Iterable[Promise]) -> OrderedInstant | None:
    """When the promise to dispose began with its whole limit; what goes on with a remainder after
    rework is still the same one. `promises`: all of them to dispose, of one alert.
    """
    return max((begun(each) for each in promises if each.budget_s is None), default=None)


def begun(promise: Promise) -> OrderedInstant:
    """When it was promised."""
    return OrderedInstant(promise.started_at, promise.id)


def asked(request: Request) -> OrderedInstant:
    """When it was asked for."""
    return OrderedInstant(request.asked_at, request.id)


def last_granted(session: Session, alert_id: str, kind: str) -> Request | None:
    return session.scalar(
        select(Request)
        .where(Request.alert_id == alert_id, Request.kind == kind, Request.verdict == GRANTED)
        .order_by(*(each.desc() for each in _IN_ORDER))
        .limit(1),
    )
