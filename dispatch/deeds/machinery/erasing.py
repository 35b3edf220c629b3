"""Erases what was said and shown in an alert: words, position and photos; its log stays whole."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dispatch.store.tables import LogDetail, LogEntry, Photo, Spot

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def erase_words(session: Session, alert_id: str) -> None:
    """Erases every detail that the log kept so far (the chain holds only their digests), the pin
    and the photos. A photo's file goes with the next tidying, as those that nobody declared do.
    """
    rows = select(LogEntry.seq).where(LogEntry.alert_id == alert_id)
    session.execute(delete(LogDetail).where(LogDetail.seq.in_(rows)))
    session.execute(delete(Spot).where(Spot.alert_id == alert_id))
    photos = Photo.alert_id == alert_id
    session.execute(delete(Photo).where(photos, Photo.stored_at.is_(None)))
    session.execute(update(Photo).where(photos).values(declared_at=None, stored_at=_LONG_AGO))
