"""The photos that a step brings: declared with it, whether they came before or come later."""

from sqlalchemy import select, update

from dispatch.deeds.machinery.case import Case
from dispatch.domain.law.deed_table import deed_entry
from dispatch.store.rows import add_rows
from dispatch.store.tables import Photo


def declare_photos(case: Case) -> None:
    """Photos that lay there unattached now belong to the step; the others are awaited."""
    digests: list[str] = case.values.get("photos") or []
    if not digests:
        return
    session, purpose = case.tx.session, deed_entry(case.step.name).photos
    ours = (Photo.alert_id == case.alert.id, Photo.sha256.in_(digests))
    known = set(session.scalars(select(Photo.sha256).where(*ours)))
    session.execute(
        update(Photo)
        .where(*ours, Photo.declared_at.is_(None))
        .values(declared_at=case.tx.now, purpose=purpose),
    )
    awaited = [
        {
            "alert_id": case.alert.id,
            "sha256": digest,
            "purpose": purpose,
            "declared_at": case.tx.now,
            "by_ref": case.by_ref,
        }
        for digest in digests
        if digest not in known
    ]
    add_rows(session, Photo, awaited)
