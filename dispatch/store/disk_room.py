"""How much room is left on the disks on which this installation writes; when one is full."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from dispatch.settings import Settings

# Free shares of a disk at which it is told, and at which the server is not ready any more.
LOW: Final = 0.10
FULL: Final = 0.02
_FULL_ERRORS: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_POSTGRESQL_FULL: Final = "53100"


def room(settings: Settings) -> Mapping[str, float]:
    """The free share of each disk, 0 to 1, by what is written there; the lesser one of bytes and of
    files. A folder that cannot be asked has none.
    """
    return {where: _free(_existing(folder)) for where, folder in _folders(settings).items()}


def photos_writable(settings: Settings) -> bool:
    """Whether a photo could be kept: tried with a file without a name."""
    try:
        with tempfile.TemporaryFile(dir=_existing(_photos(settings))) as probe:
            probe.write(b"photo")
            probe.flush()
    except OSError:
        return False
    return True


def is_full(error: BaseException) -> bool:
    """Whether this failed because a disk or its quota is used up, the database's or another."""
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        state = getattr(error.orig, "sqlstate", None)
        return code == sqlite3.SQLITE_FULL or state == _POSTGRESQL_FULL
    return isinstance(error, OSError) and error.errno in _FULL_ERRORS


def _folders(settings: Settings) -> dict[str, Path]:
    folders = {
        "data": settings.data_dir,
        "photos": _photos(settings),
        "temporary": Path(tempfile.gettempdir()),
    }
    database = make_url(settings.database_url)
    if database.get_backend_name() == "sqlite" and database.database:
        folders["database"] = Path(database.database).parent
    return folders


def _photos(settings: Settings) -> Path:
    return settings.data_dir / "photos"


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), Path())


def _free(folder: Path) -> float:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return 0.0
    usable = disk.f_blocks - disk.f_bfree + disk.f_bavail  # without what is root's alone
    free = disk.f_bavail / usable if usable else 1.0
    return min(free, disk.f_favail / disk.f_files) if disk.f_files else free
