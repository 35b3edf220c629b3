"""The photos that a step brings: declared with it, whether they came before or come later."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select, update

from dispatch.deeds.machinery.case import Case
from dispatch.store.rows import add_rows
from dispatch.store.tables import Photo

PURPOSES: Final[Mapping[str, str]] = {
    "arrive": "arrival",
    "submit": "after",
    "verify_ok": "after",
    "verify_fail": "rework",
}


def declare_photos(case: Case, step: str) -> None:
    """Photos that lay there unattached now belong to the step; the others are awaited."""
    digests: list[str] = case.wish_values.get("photos") or []
    if not digests:
        return
    session, purpose = case.tx.session, PURPOSES.get(step, "evidence")
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
