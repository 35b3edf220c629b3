"""What keeps a backup or a restore from being written, as refusals with a sentence."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dispatch.errors import Refused

# A full disk, a quota that is used up, a limit on the size of files.
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# What the machine lacks, and nothing that was asked: the commands end with 2.
MACHINE_FAULTS: Final = frozenset({"disk_full", "not_written", "tool_missing", "tool_failed"})


@contextmanager
def faults_named(folder: Path) -> Iterator[None]:
    """Raises Refused disk_full or not_written for what the block meets when it writes here."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise Refused("disk_full", path=folder) from error
        raise Refused("not_written", path=folder, reason=error.strerror or str(error)) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise Refused("disk_full", path=folder) from error
        raise Refused("not_written", path=folder, reason=str(error)) from error
