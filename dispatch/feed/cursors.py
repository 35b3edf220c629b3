"""Cursors of the live feed: a position in one log, for one visibility."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.store.installation_facts import epoch
from dispatch.store.tables import LogEntry

_WRITTEN: Final = re.compile(r"([0-9A-Za-z_-]{1,64})\.([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """A position in the log: `epoch.seq`.

    The epoch changes when the log is another one (after a restore), or when the reader sees other
    alerts than before: either way what they hold cannot be updated and is fetched anew.
    """

    epoch: str
    seq: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}"

    def at(self, seq: int) -> "Cursor":
        return Cursor(self.epoch, seq)


def parse_cursor(written: str) -> Cursor:
    """The cursor of its text; raises Refused bad_cursor."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Refused("bad_cursor")
    return Cursor(found[1], int(found[2]))


def head(session: Session, topics: frozenset[str]) -> Cursor:
    """The end of the log, as this session's snapshot sees it, for a listener to these topics."""
    return cursor_at(visibility_key(topics), epoch(session), last_seq(session))


def cursor_at(eyes_name: str, log_epoch: str, seq: int) -> Cursor:
    """The cursor at `seq` of the log with this epoch, for those with this visibility key."""
    return Cursor(f"{log_epoch}-{eyes_name}", seq)


def last_seq(session: Session) -> int:
    return session.scalar(select(func.max(LogEntry.seq))) or 0


def visibility_key(topics: frozenset[str]) -> str:
    """One short name for all listeners with the same topics, the same in every process."""
    return hashlib.sha256("\n".join(sorted(topics)).encode()).hexdigest()[:12]
