"""Above which serial a day's numbers go on, so that no number of the lost hours comes again."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Final

STEP: Final = 50_000
# So many numbers may have been given in the lost hours without anybody knowing of them.
LOST_AT_MOST: Final = 25_000
_NOTES: Final = ".restored.json"


def serial_above(known: int, given_before: int = 0) -> int:
    """The first of 50,000, 100,000 … that no lost number reached. `known`: the day's last serial in
    the backup; `given_before`: above what an earlier restore of the same day went on.
    """
    reached = max(known, given_before) + LOST_AT_MOST
    return max(1, -(-reached // STEP)) * STEP


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, in either order."""
    first, last = sorted((first, last))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def noted_serials(backup: Path) -> dict[str, int]:
    """What earlier restores from these backups went on above, by day."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        told = json.loads((backup.parent / _NOTES).read_text(encoding="utf-8"))
        return {str(day): int(serial) for day, serial in told.items()}
    return {}


def note_serials(backup: Path, serials: Mapping[str, int]) -> bool:
    """Writes it beside the backup, for the next restore of the same day; False where that cannot
    be written.
    """
    try:
        told = json.dumps({**noted_serials(backup), **serials}, indent=1)
        (backup.parent / _NOTES).write_text(told + "\n", encoding="utf-8")
    except OSError:
        return False
    return True
