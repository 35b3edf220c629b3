"""The published playbook versions in the database, and which of them is active."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.rules.book.archives import pack, unpack
from dispatch.rules.book.former_names import names_after, names_as_text, read_names
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.store.installation_facts import fact, set_fact
from dispatch.store.tables import PlaybookVersion

_ACTIVE = "active_playbook"
_FORMER: Final = "former_names"
# The largest value of an integer column.
_MOST_VERSIONS: Final = 2**31 - 1
# For how many seconds another process may still use the version before.
_FRESH_S = 1.0


@dataclass(frozen=True)
class CompiledVersion:
    """A published playbook, compiled."""

    version: int
    playbook: Playbook


class PlaybookCache:
    """The versions that this process has compiled, and which of them is active."""

    def __init__(self) -> None:
        self._compiled: dict[int, Playbook] = {}
        self._active: CompiledVersion | None = None
        self._former: str | None = None
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def active(self, session: Session) -> CompiledVersion:
        """The active version; raises Refused no_playbook before the first publication."""
        active = self._active
        if active and time.monotonic() - self._asked < _FRESH_S:
            return active
        version = active_version(session)
        if version is None:
            raise Refused("no_playbook")
        former = fact(session, _FORMER)
        if active is None or (active.version, self._former) != (version, former):
            known = replace(self.at(session, version), former=read_names(former))
            active, self._former = CompiledVersion(version, known), former
        self._active, self._asked = active, time.monotonic()
        return active

    def at(self, session: Session, version: int) -> Playbook:
        """A version as it was published; compiled once, by one thread."""
        known = self._compiled.get(version)
        if known is None:
            files = _row(session, version).files  # outside the lock: it may wait for the database
            with self._lock:
                known = self._compiled[version] = _compiled(files)
        return known

    def forget(self) -> None:
        """Read the active version from the database at the next use."""
        self._asked = float("-inf")


def active_version(session: Session) -> int | None:
    """The number of the active version; None before the first publication."""
    written = fact(session, _ACTIVE)
    return None if written is None else int(written)


def read_version(session: Session, version: int) -> Playbook:
    """A published version; raises Refused no_such_version."""
    return _compiled(_row(session, version).files)


def _row(session: Session, version: int) -> PlaybookVersion:
    row = session.get(PlaybookVersion, version) if version <= _MOST_VERSIONS else None
    if row is None:
        raise Refused("no_such_version", version=version)
    return row


def publish_version(session: Session, files: Mapping[str, bytes], note: str, now: datetime) -> int:
    """Stores the files as a version, makes it the active one and returns its number."""
    version = keep_version(session, files, note, now)
    activate(session, version)
    return version


def keep_version(session: Session, files: Mapping[str, bytes], note: str, now: datetime) -> int:
    """Stores the files as a new version and returns its number, unless a version has this content
    already. Call it within a write.

    Raises PlaybookRefused for files that are no playbook.
    """
    return keep_packed(session, pack(files), note, now)


def keep_packed(session: Session, packed: bytes, note: str, now: datetime) -> int:
    """As `keep_version`, of files that `pack` has packed."""
    content = _compiled(packed).hash
    of_content = select(PlaybookVersion.version).where(PlaybookVersion.hash == content)
    if (known := session.scalar(of_content.limit(1))) is not None:
        return known
    version = (session.scalar(select(func.max(PlaybookVersion.version))) or 0) + 1
    row = PlaybookVersion(version=version, hash=content, files=packed, note=note, published_at=now)
    session.add(row)
    session.flush()
    return version


def activate(session: Session, version: int) -> None:
    """Makes this the active version for every process, and keeps the names of what goes."""
    before = active_version(session)
    if before is not None and before != version:
        known, books = read_names(fact(session, _FORMER)), (before, version)
        kept = names_after(known, *(read_version(session, each).names for each in books))
        set_fact(session, _FORMER, names_as_text(kept))
    set_fact(session, _ACTIVE, str(version))


def files_of(session: Session, version: int) -> dict[str, bytes]:
    """A version's files as they were published; raises Refused no_such_version."""
    return unpack(_row(session, version).files)


def versions(session: Session) -> Sequence[PlaybookVersion]:
    """Every version that was ever stored, oldest first."""
    return session.scalars(select(PlaybookVersion).order_by(PlaybookVersion.version)).all()


@lru_cache(maxsize=8)
def _compiled(packed: bytes) -> Playbook:
    """The same files are compiled once a process."""
    return load(unpack(packed))
