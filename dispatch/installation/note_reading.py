"""Notes in the audit trail who took data out, who read words about a home, or saw photos of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.roles import Access
from dispatch.store.audit import EXPORTED, PHOTO_SEEN, WORDS_READ, AuditEvent
from dispatch.store.sealing import Seal, reporter_ref
from dispatch.store.tables import Alert, AuditEntry, LogEntry
from dispatch.store.transaction import Store

# A page that is open asks again at each change: that is one reading.
_ONE_READING: Final = timedelta(minutes=10)
THUMB_SEEN: Final = "thumb_seen"
# What is written down for each, and what makes it part of a reading that was written down before.
_ALIKE: Final[Mapping[str, tuple[str, ...]]] = {
    WORDS_READ: (WORDS_READ,),
    PHOTO_SEEN: (PHOTO_SEEN,),
    THUMB_SEEN: (PHOTO_SEEN, WORDS_READ),
}


def note_export(
    store: Store, who: Access | None, name: str, asked: Mapping[str, Any], rows: int
) -> None:
    """`asked`: the filter, as it was written. `who`: None for a command on the server."""
    codes = {"name": name, "filter": dict(asked), "rows": rows}
    actor = who.person_id if who else None
    with store.write() as tx:
        tx.audit(AuditEvent(EXPORTED, actor=actor, codes=codes))


def note_reading(store: Store, who: Access, alert_id: str, what: str = WORDS_READ) -> None:
    """Staff read what somebody said of a home, or see a photo of it (`what`: WORDS_READ, PHOTO_SEEN
    or, of a small one, THUMB_SEEN, which belongs to the words beside it). Whoever acted on the
    alert, or reported it, reads it for that.
    """
    with store.read() as session:
        alert = session.get(Alert, alert_id)
        if alert is None or not alert.household or _is_theirs(session, store.seal, who, alert):
            return
        if _has_just_read(session, who, alert_id, _ALIKE[what]):
            return
    with store.write() as tx:
        code = _ALIKE[what][0]
        tx.audit(AuditEvent(code, actor=who.person_id, alert_id=alert_id))


def _is_theirs(session: Session, seal: Seal, who: Access, alert: Alert) -> bool:
    if alert.reporter_ref == reporter_ref(seal, alert.id, who.person_id):
        return True
    theirs = LogEntry.alert_id == alert.id, LogEntry.actor == who.person_id
    return session.scalar(select(LogEntry.seq).where(*theirs).limit(1)) is not None


def _has_just_read(session: Session, who: Access, alert_id: str, codes: tuple[str, ...]) -> bool:
    same = AuditEntry.alert_id == alert_id, AuditEntry.actor == who.person_id
    since = AuditEntry.at > clock.wall() - _ONE_READING, AuditEntry.code.in_(codes)
    return session.scalar(select(AuditEntry.seq).where(*same, *since).limit(1)) is not None
