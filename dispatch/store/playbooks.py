"""The playbook versions in the database, and which one is active."""

import io
import threading
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.rules.loading import load
from dispatch.rules.playbook import Playbook
from dispatch.store.facts import fact, set_fact
from dispatch.store.tables import PlaybookVersion

_ACTIVE = "active_playbook"
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
        with self._lock:
            if version not in self._compiled:
                self._compiled[version] = read_version(session, version)
            return self._compiled[version]

    def forget(self) -> None:
        """Ask the database at the next use."""
        self._asked = float("-inf")


def active_version(session: Session) -> int | None:
    """The number of the version that decides now; None before the first publish."""
    written = fact(session, _ACTIVE)
    return None if written is None else int(written)


def read_version(session: Session, version: int) -> Playbook:
    """A published version, as it was; raises Refused not_found."""
    row = session.get(PlaybookVersion, version)
    if row is None:
        raise Refused("not_found")
    return _compiled(row.files)


def publish_version(session: Session, files: Mapping[str, bytes], note: str, now: datetime) -> int:
    """Keep the files as the next version and make it the active one; the same content again is
    no new version. Call it in a write. Returns the version number.
    """
    packed = pack(files)
    playbook = _compiled(packed)
    last = session.scalar(select(func.max(PlaybookVersion.version))) or 0
    row = session.get(PlaybookVersion, last)
    if row is None or row.hash != playbook.hash:
        last += 1
        session.add(
            PlaybookVersion(
                version=last,
                hash=playbook.hash,
                files=packed,
                note=note,
                published_at=now,
            ),
        )
    set_fact(session, _ACTIVE, str(last))
    return last


@lru_cache(maxsize=8)
def _compiled(packed: bytes) -> Playbook:
    """A playbook is a value: the same files need compiling once a process."""
    return load(unpack(packed))


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files of a packed version, by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
