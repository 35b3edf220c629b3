"""Reads the CSV files of the commands: rows with their numbers, and why a file is none."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from dispatch.errors import Refused

FIRST_ROW: Final = 2  # as a spreadsheet counts: the header is row 1
_OPEN: Final = "unexpected end of data"  # csv's own words for a quote that never closes


def numbered_rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows without blank ones, the header first; a byte order mark is none of it.

    Raises Refused: file_not_utf8, file_broken, quote_never_closed, file_unreadable.
    """
    begun = FIRST_ROW - 1
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            for number, row in enumerate(csv.reader(text, strict=True), begun):
                begun = number + 1
                if row:
                    yield number, row
    except UnicodeDecodeError as other:
        raise Refused("file_not_utf8", path=file) from other
    except csv.Error as broken:
        if _OPEN in str(broken):
            raise Refused("quote_never_closed", path=file, row=begun) from broken
        raise Refused("file_broken", path=file, reason=str(broken)) from broken
    except OSError as unreadable:
        raise Refused("file_unreadable", path=file) from unreadable


def refuse_double_columns(header: Sequence[str], file: Path) -> None:
    """Two columns of one name: nobody could say which of them counts. Raises columns_twice."""
    counts = Counter(name.strip().casefold() for name in header if name.strip())
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise Refused("columns_twice", path=file, names=", ".join(twice))
