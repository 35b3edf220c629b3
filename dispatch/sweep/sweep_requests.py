"""Closes what was asked and was to be answered by now: silence changes nothing."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.deeds.release_unanswered import keep_support
from dispatch.domain.law.request_names import RELEASE
from dispatch.store.alerts import locked_alert
from dispatch.store.requests import open_request
from dispatch.store.tables import Request
from dispatch.store.transaction import Store


def sweep_requests(store: Store) -> int:
    """Keeps the units whose release nobody answered in time; returns how many."""
    with store.read() as session:
        now = store.now(session)
        late = [alert_id for alert_id, until in _to_answer(session) if until <= now]
    return sum(_keep(store, alert_id) for alert_id in late)


def next_answer(session: Session, after: datetime) -> datetime | None:
    """The first instant after this one by which something is to be answered, or None."""
    return min((until for _, until in _to_answer(session) if until > after), default=None)


def _to_answer(session: Session) -> Iterator[tuple[str, datetime]]:
    waiting = select(Request).where(Request.kind == RELEASE, Request.ruled_at.is_(None))
    for each in session.scalars(waiting):
        yield each.alert_id, datetime.fromisoformat(each.codes["answered_until"])


def _keep(store: Store, alert_id: str) -> bool:
    """False where somebody answered meanwhile."""
    with store.write() as tx:
        tx.now = store.now(tx.session)
        alert = locked_alert(tx.session, alert_id)
        request = open_request(tx.session, alert_id, RELEASE)
        if request is None or datetime.fromisoformat(request.codes["answered_until"]) > tx.now:
            return False
        keep_support(tx, alert, request)
        return True
