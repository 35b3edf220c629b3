"""Stores a photo that arrives: declared before, or to be attached by a later step."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.relations import relations
from dispatch.domain.roles import Access, Organisation
from dispatch.errors import Refused
from dispatch.store.alerts import alert_facts, assignments_of, locked_alert
from dispatch.store.log import Event
from dispatch.store.photos import StoredPhoto, store_photo
from dispatch.store.sealing import reporter_ref
from dispatch.store.tables import Alert, Photo
from dispatch.store.transaction import Store, Transaction

# The most undeclared photos of an alert; each waits for the step that declares it.
_MOST_WAITING = 12


def attach_photo(
    store: Store,
    access: Access,
    organisation: Organisation,
    alert_id: str,
    sha256: str,
    sent: bytes,
) -> bool:
    """Stores the photo; True where it is new. The same photo again changes nothing.

    Raises Refused: not_found, photo_digest_mismatch, photo_empty, photo_undeclared, and what
    store_photo refuses.
    """
    with store.read() as session:
        _check_standing(store, session, access, organisation, alert_id)
        if _is_here(session, alert_id, sha256):
            return False
    if hashlib.sha256(sent).hexdigest() != sha256:
        raise Refused("photo_digest_mismatch" if sent else "photo_empty")
    kept = store_photo(store.data_dir, sent, store.decoder, access.person_id)
    with store.write() as tx:
        return _put(tx, alert_id, sha256, kept)


def _check_standing(
    store: Store,
    session: Session,
    access: Access,
    organisation: Organisation,
    alert_id: str,
) -> None:
    """Whoever has a relation to the alert may send photos for it; for others it does not exist."""
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise Refused("not_found")
    is_reporter = alert.reporter_ref == reporter_ref(store.seal, alert.id, access.person_id)
    facts = alert_facts(alert, assignments_of(session, alert.id), is_reporter=is_reporter)
    if not relations(access, facts, organisation):
        raise Refused("not_found")


def _is_here(session: Session, alert_id: str, sha256: str) -> bool:
    stored = session.scalar(
        select(Photo.stored).where(Photo.alert_id == alert_id, Photo.sha256 == sha256),
    )
    return stored is not None


def _put(tx: Transaction, alert_id: str, sha256: str, kept: StoredPhoto) -> bool:
    """False where the same photo was stored at the same moment."""
    locked_alert(tx.session, alert_id)
    rows = list(tx.session.scalars(select(Photo).where(Photo.alert_id == alert_id)))
    photo = next((each for each in rows if each.sha256 == sha256), None)
    if photo is not None and photo.stored is not None:
        return False
    if photo is None:
        if sum(each.declared_at is None for each in rows) >= _MOST_WAITING:
            raise Refused("photo_undeclared")
        photo = Photo(alert_id=alert_id, sha256=sha256, purpose="evidence")
        tx.session.add(photo)
    photo.stored, photo.thumb = kept.stored, kept.thumb
    photo.bytes, photo.width, photo.height = kept.bytes, kept.width, kept.height
    photo.stored_at = tx.now
    if photo.declared_at is not None:
        tx.record(Event(code="photo", alert_id=alert_id, codes={"sha256": kept.stored}))
    return True
