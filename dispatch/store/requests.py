"""What was asked for and nobody has ruled yet."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.tables import Request

VOID: Final = "void"


def open_request(session: Session, alert_id: str, kind: str) -> Request | None:
    """The request of a kind that waits on an alert."""
    return session.scalar(
        select(Request).where(
            Request.alert_id == alert_id, Request.kind == kind, Request.ruled_at.is_(None)
        ),
    )
