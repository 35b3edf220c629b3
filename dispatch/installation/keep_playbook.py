"""Stores a draft of the playbook as a version that decides nothing until it is published."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.log import Event
from dispatch.store.playbooks import keep_version
from dispatch.store.tables import LogEntry
from dispatch.store.transaction import Store, Transaction

KEPT: Final = "playbook_kept"


def keep_playbook(store: Store, files: Mapping[str, bytes], note: str, drafter: str | None) -> int:
    """Stores the files and returns the version's number; the same content is the same version.

    `drafter`: the id of whoever wrote it. Raises PlaybookRefused for files that are no playbook.
    """
    with store.write() as tx:
        return keep_draft(tx, files, note, drafter)


def keep_draft(tx: Transaction, files: Mapping[str, bytes], note: str, drafter: str | None) -> int:
    """The same within a transaction."""
    version = keep_version(tx.session, files, note, tx.now)
    known = _drafters(tx.session, version)
    if not known or (drafter and not any(known)):
        tx.record(Event(code=KEPT, codes={"version": version, "drafter": drafter}))
    return version


def drafter_of(session: Session, version: int) -> str | None:
    """The id of whoever wrote a version; None where nobody was named."""
    return next((drafter for drafter in _drafters(session, version) if drafter), None)


def _drafters(session: Session, version: int) -> list[str | None]:
    kept = select(LogEntry.codes).where(LogEntry.code == KEPT).order_by(LogEntry.seq)
    return [codes["drafter"] for codes in session.scalars(kept) if codes["version"] == version]
