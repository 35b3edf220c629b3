"""Notes in the audit trail who took data out, and who read words about somebody's home."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.roles import Access
from dispatch.store.audit import EXPORTED, WORDS_READ, AuditEvent
from dispatch.store.tables import Alert, AuditEntry, LogEntry
from dispatch.store.transaction import Store

# A page that is open asks again at each change: that is one reading.
_ONE_READING: Final = timedelta(minutes=10)


def note_export(
    store: Store, who: Access | None, name: str, asked: Mapping[str, Any], rows: int
) -> None:
    """`asked`: the filter, as it was written. `who`: None for a command on the server."""
    codes = {"name": name, "filter": dict(asked), "rows": rows}
    actor = who.person_id if who else None
    with store.write() as tx:
        tx.audit(AuditEvent(EXPORTED, actor=actor, codes=codes))


def note_reading(store: Store, who: Access, alert_id: str) -> None:
    """Staff read what somebody said of a home. Whoever acted on the alert reads it for that; a
    reporter reads what they said themselves, and never comes here.
    """
    with store.read() as session:
        alert = session.get(Alert, alert_id)
        if alert is None or not alert.household or _has_acted(session, who, alert_id):
            return
        if _has_just_read(session, who, alert_id):
            return
    with store.write() as tx:
        tx.audit(AuditEvent(WORDS_READ, actor=who.person_id, alert_id=alert_id))


def _has_acted(session: Session, who: Access, alert_id: str) -> bool:
    theirs = LogEntry.alert_id == alert_id, LogEntry.actor == who.person_id
    return session.scalar(select(LogEntry.seq).where(*theirs).limit(1)) is not None


def _has_just_read(session: Session, who: Access, alert_id: str) -> bool:
    same = AuditEntry.alert_id == alert_id, AuditEntry.actor == who.person_id
    since = AuditEntry.at > clock.wall() - _ONE_READING
    return session.scalar(select(AuditEntry.seq).where(*same, since).limit(1)) is not None
