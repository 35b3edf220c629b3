"""What was asked for on an alert: what waits for a decision, and what was granted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.as_it_stands import GRANTED
from dispatch.store.alerts import of_support
from dispatch.store.tables import Alert, Promise, Request

REFUSED: Final = "refused"
LAPSED: Final = "lapsed"  # nobody decided before it had no meaning any more


def open_request(session: Session, alert_id: str, *kinds: str) -> Request | None:
    """The request of one of these kinds that waits on an alert."""
    return session.scalar(
        select(Request).where(
            Request.alert_id == alert_id, Request.kind.in_(kinds), Request.ruled_at.is_(None)
        ),
    )


def requests_of(session: Session, alert_id: str) -> tuple[Request, ...]:
    """Everything that was ever asked on an alert, oldest first."""
    rows = select(Request).where(Request.alert_id == alert_id).order_by(Request.asked_at)
    return tuple(session.scalars(rows))


def granted(session: Session, alert: Alert, kind: str) -> int:
    """How many of a kind the unit that leads was granted on the promise that it now keeps."""
    started = session.execute(
        select(Promise.started_at, Promise.budget_s)
        .where(Promise.alert_id == alert.id, Promise.clock == "dispose", ~of_support())
        .order_by(Promise.started_at),
    )
    begun = promised_at((at, seconds) for at, seconds in started)
    return count_granted(requests_of(session, alert.id), kind, alert.lead, begun)


def promised_at(started: Iterable[tuple[datetime, int | None]]) -> datetime | None:
    """When the promise to dispose began with its whole limit; what goes on with a remainder after
    rework is still the same one. `started`: when each began and its budget in seconds, in order.
    """
    return max((at for at, seconds in started if seconds is None), default=None)


def count_granted(
    requests: Iterable[Request], kind: str, unit: str | None, begun: datetime | None
) -> int:
    """Of each unit its own, since that promise began: who takes it over from another unit did not
    have what that one was granted, and a reopened alert is promised anew.
    """
    return sum(
        request.kind == kind
        and request.verdict == GRANTED
        and request.unit == (unit or "")
        and (begun is None or request.asked_at >= begun)
        for request in requests
    )


def last_granted(session: Session, alert_id: str, kind: str) -> Request | None:
    return session.scalar(
        select(Request)
        .where(Request.alert_id == alert_id, Request.kind == kind, Request.verdict == GRANTED)
        .order_by(Request.asked_at.desc())
        .limit(1),
    )
