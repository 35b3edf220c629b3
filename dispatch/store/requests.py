"""What was asked for on an alert: what waits for a decision, and what was granted."""

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.store.tables import Request

VOID: Final = "void"
RETURN: Final = "return"
EXTEND: Final = "extend"
SUSPEND: Final = "suspend"
GRANTED: Final = "granted"
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


def granted(session: Session, alert_id: str, kind: str) -> int:
    """How many of a kind were granted on this alert, whoever held it."""
    found = select(func.count()).where(
        Request.alert_id == alert_id, Request.kind == kind, Request.verdict == GRANTED
    )
    return session.scalar(found) or 0


def last_granted(session: Session, alert_id: str, kind: str) -> Request | None:
    return session.scalar(
        select(Request)
        .where(Request.alert_id == alert_id, Request.kind == kind, Request.verdict == GRANTED)
        .order_by(Request.asked_at.desc())
        .limit(1),
    )
