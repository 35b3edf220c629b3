"""The folders of backups: one each, under its final name only when it is whole and checked."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from dispatch.errors import Refused
from dispatch.installation.backup.manifest import MANIFEST, read_manifest
from dispatch.store.photos import sync

_PREFIX: Final = "shaodao-"
_UNFINISHED: Final = ".unfinished"
_LOCK: Final = ".lock"


def folder_name(taken_at: datetime) -> str:
    """`shaodao-20261128T122131Z`: in the order of time."""
    return f"{_PREFIX}{taken_at:%Y%m%dT%H%M%SZ}"


def complete_backups(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    found = sorted(path for path in folder.glob(f"{_PREFIX}*") if (path / MANIFEST).is_file())
    return [path for path in found if not path.name.endswith(_UNFINISHED)]


def find_backup(folder: Path) -> Path:
    """The folder itself where it is a backup, else the newest in it; raises Refused no_backup."""
    if (folder / MANIFEST).is_file() and not folder.name.endswith(_UNFINISHED):
        return folder
    found = complete_backups(folder)
    if not found:
        raise Refused("no_backup", path=folder)
    return max(found, key=lambda each: read_manifest(each).taken_at)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Nobody else writes a backup into this folder meanwhile; raises Refused backup_running. What
    a killed one left is deleted.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("backup_running", path=folder) from None
        for left in folder.glob(f"{_PREFIX}*{_UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(handle)


@contextmanager
def unfinished(final: Path) -> Iterator[Path]:
    """A folder for what becomes `final` at the end of the block; deleted where the block fails."""
    path = final.with_name(final.name + _UNFINISHED)
    path.mkdir(mode=0o700)
    try:
        yield path
        _sync_all(path)
        path.rename(final)
        sync(final.parent)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(path)
        raise


def _sync_all(folder: Path) -> None:
    for path, folders, files in os.walk(folder, topdown=False):
        for name in (*files, *folders):
            sync(Path(path, name))
    sync(folder)
