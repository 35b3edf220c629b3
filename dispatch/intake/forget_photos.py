"""Deletes photos that no step declared within a day."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.store.photos import delete_unused_file
from dispatch.store.tables import Photo
from dispatch.store.transaction import Store

WAITS: Final = timedelta(hours=24)
_AT_ONCE: Final = 100  # the next run comes soon


def forget_photos(store: Store) -> int:
    """Deletes them and returns how many. First the rows, then the files: a file too many does no
    harm.
    """
    with store.read() as session:
        waited = select(Photo.id, Photo.stored, Photo.thumb).where(_is_old()).limit(_AT_ONCE)
        photos = session.execute(waited).all()
    if not photos:
        return 0
    with store.write() as tx:
        # checked again: a step may have declared one meanwhile
        old = and_(Photo.id.in_([photo.id for photo in photos]), _is_old())
        tx.session.execute(delete(Photo).where(old))
    with store.read() as session:
        for photo in photos:
            for digest in (photo.stored, photo.thumb):
                if digest and not _is_used(session, digest):
                    delete_unused_file(store.data_dir, digest, clock.wall())
    return len(photos)


def _is_old() -> ColumnElement[bool]:
    return and_(Photo.declared_at.is_(None), Photo.stored_at < clock.now() - WAITS)


def _is_used(session: Session, digest: str) -> bool:
    used = select(Photo.id).where(or_(Photo.stored == digest, Photo.thumb == digest)).limit(1)
    return session.scalar(used) is not None
