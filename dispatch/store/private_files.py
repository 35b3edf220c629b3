"""Keeps the data folder to its owner: alerts, photos and keys are nobody else's on the machine."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# What the files of a process may not grant: anything to group and others.
MASK: Final = 0o077
_FOLDER, _FILE = 0o700, 0o600
# What this product keeps there. A folder may hold other things, and those are not ours to close.
_OURS: Final = ("dispatch.sqlite3", "dispatch.sqlite3-wal", "dispatch.sqlite3-shm", "seal.key")
_TREES: Final = ("photos",)
_log = logging.getLogger(__name__)


def keep_private(folder: Path) -> None:
    """Makes the folder where there is none, and closes it and what is ours in it to others: mode
    0700, files 0600. What was open is told once in the log, for then it is closed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
    if folder.stat().st_mode & stat.S_ISVTX:
        _log.warning(
            "the data folder %s is everybody's: give DISPATCH_DATA_DIR one of its own", folder
        )
        return
    was_open = bool(folder.stat().st_mode & MASK)
    closed = [each for each in _kept(folder, whole=was_open) if _close(each)]
    if closed:
        _log.warning("others could read %s files and folders in %s: closed", len(closed), folder)


def _kept(folder: Path, *, whole: bool) -> Iterator[Path]:
    """The trees of files only where the folder stood open: else nobody came to them."""
    yield folder
    yield from (folder / name for name in _OURS if (folder / name).is_file())
    for tree in _TREES if whole else ():
        yield from ([folder / tree] if (folder / tree).is_dir() else [])
        yield from (each for each in (folder / tree).rglob("*") if not each.is_symlink())


def _close(path: Path) -> bool:
    """Whether it was open and is closed now."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & MASK:
            return False
        path.chmod(_FOLDER if path.is_dir() else _FILE)
    except OSError as error:  # another owner's, or a file that has just gone
        _log.warning("%s stays open to others: %s", path, os.strerror(error.errno or 0))
        return False
    return True
