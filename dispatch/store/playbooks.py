"""The playbook versions in the database, and which one is active."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.rules.book.archives import pack, unpack
from dispatch.rules.book.loading import load
from dispatch.rules.book.playbook import Playbook
from dispatch.store.facts import fact, set_fact
from dispatch.store.tables import PlaybookVersion

_ACTIVE = "active_playbook"
# No database counts farther than this in a whole number.
_MOST_VERSIONS: Final = 2**31 - 1
# How long another process may go on deciding by the version before: one tick.
_FRESH_S = 1.0


@dataclass(frozen=True)
class Version:
    """A published playbook, compiled."""

    version: int
    playbook: Playbook


class Playbooks:
    """The versions that this process has compiled, and which of them decides now."""

    def __init__(self) -> None:
        self._compiled: dict[int, Playbook] = {}
        self._active: Version | None = None
        self._asked = float("-inf")
        self._lock = threading.Lock()

    def active(self, session: Session) -> Version:
        """The version that decides; raises Refused no_playbook before the first publish."""
        active = self._active
        if active and time.monotonic() - self._asked < _FRESH_S:
            return active
        version = active_version(session)
        if version is None:
            raise Refused("no_playbook")
        fresh = Version(version, self.at(session, version))
        self._active, self._asked = fresh, time.monotonic()
        return fresh

    def at(self, session: Session, version: int) -> Playbook:
        """A version as it was published; compiled once, by one thread."""
        known = self._compiled.get(version)
        if known is None:
            files = _row(session, version).files  # may wait for the database: the others need not
            with self._lock:
                known = self._compiled[version] = _compiled(files)
        return known

    def forget(self) -> None:
        """Ask the database at the next use."""
        self._asked = float("-inf")


def active_version(session: Session) -> int | None:
    """The number of the version that decides now; None before the first publish."""
    written = fact(session, _ACTIVE)
    return None if written is None else int(written)


def read_version(session: Session, version: int) -> Playbook:
    """A published version, as it was; raises Refused no_such_version."""
    return _compiled(_row(session, version).files)


def _row(session: Session, version: int) -> PlaybookVersion:
    row = session.get(PlaybookVersion, version) if version <= _MOST_VERSIONS else None
    if row is None:
        raise Refused("no_such_version", version=version)
    return row


def publish_version(session: Session, files: Mapping[str, bytes], note: str, now: datetime) -> int:
    """Keep the files as a version and make it the active one. Returns its number."""
    version = keep_version(session, files, note, now)
    activate(session, version)
    return version


def keep_version(session: Session, files: Mapping[str, bytes], note: str, now: datetime) -> int:
    """The version with this content: a new one, unless it is here already. Call it in a write.

    Raises PlaybookRefused for files that are no playbook.
    """
    packed = pack(files)
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
    """From now on every process decides by this version: one pointer, nothing else moves."""
    set_fact(session, _ACTIVE, str(version))


def files_of(session: Session, version: int) -> dict[str, bytes]:
    """A version's files as they were published; raises Refused no_such_version."""
    return unpack(_row(session, version).files)


def versions(session: Session) -> Sequence[PlaybookVersion]:
    """Every version that was ever kept, oldest first."""
    return session.scalars(select(PlaybookVersion).order_by(PlaybookVersion.version)).all()


@lru_cache(maxsize=8)
def _compiled(packed: bytes) -> Playbook:
    """A playbook is a value: the same files need compiling once a process."""
    return load(unpack(packed))
