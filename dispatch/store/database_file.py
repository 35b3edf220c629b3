"""Knows whether SQLite's file is still the one that was opened.

A process goes on writing into a file that was moved or deleted, and nobody ever reads that again.
"""

import os
import threading
from typing import Final

from sqlalchemy import URL

from dispatch.errors import Refused

_WAL: Final = "-wal"  # beside it, with the latest commits: lost with it, they are lost as well

_Identity = tuple[int, int]  # device and inode; an inode that somebody has open is never reused


class DatabaseFile:
    """The file at `path`, remembered from the first connection until `forget`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: dict[str, _Identity] = {}  # by suffix
        self._open = 0
        self._lock = threading.Lock()

    def must_be_there(self) -> None:
        """Raises Refused database_away where what was opened is gone, or another file lies there;
        whatever may be in it, it is not what this process has read and written.
        """
        for suffix, identity in tuple(self._known.items()):
            if _identity(self._path + suffix) != identity:
                raise Refused("database_away")

    def opened(self) -> None:
        """A connection to it was opened: what lies there now is what has to stay."""
        with self._lock:
            self._open += 1
            for suffix in ("", _WAL):
                identity = _identity(self._path + suffix)
                if identity is not None:
                    self._known.setdefault(suffix, identity)
        self.must_be_there()

    def closed(self) -> None:
        """A connection was closed. SQLite deletes the latest commits' file with the last one."""
        with self._lock:
            self._open -= 1
            if self._open <= 0:
                self._known.pop(_WAL, None)

    def forget(self) -> None:
        """Every connection is closed: another file may be opened."""
        with self._lock:
            self._known.clear()


def file_of(url: URL) -> DatabaseFile | None:
    """The file of a database; None where there is none, as in memory."""
    path = url.database
    return DatabaseFile(path) if path and path != ":memory:" and "file:" not in path else None


def _identity(path: str) -> _Identity | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - at every commit: a Path costs more than the question
    except OSError:
        return None
    return found.st_dev, found.st_ino
