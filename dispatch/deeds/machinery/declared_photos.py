"""The photos declared with a step, whether they arrived before it or come later."""

from sqlalchemy import select, update

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import deed_entry
from dispatch.store.rows import add_rows
from dispatch.store.tables import Photo


def declare_photos(context: StepContext) -> None:
    """Photos that arrived undeclared now belong to the step; the others are awaited."""
    digests: list[str] = context.values.get("photos") or []
    if not digests:
        return
    session, purpose = context.tx.session, deed_entry(context.step.name).photos
    ours = (Photo.alert_id == context.alert.id, Photo.sha256.in_(digests))
    known = set(session.scalars(select(Photo.sha256).where(*ours)))
    session.execute(
        update(Photo)
        .where(*ours, Photo.declared_at.is_(None))
        .values(declared_at=context.tx.now, purpose=purpose),
    )
    awaited = [
        {
            "alert_id": context.alert.id,
            "sha256": digest,
            "purpose": purpose,
            "declared_at": context.tx.now,
        }
        for digest in digests
        if digest not in known
    ]
    add_rows(session, Photo, awaited)
