"""A server that is killed with SIGKILL while eight phones report: what is lost, what is half.

Longer than the test of the same name: more cuts, at moments further apart.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.table import show

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import postgres
from outage import Outage, moments

CUTS = 20
HEADS = ("database", "kill -9", "acknowledged", "unanswered, sent again", "lost or half", "s")


def run() -> None:
    with _cluster() as url:
        rows = [_row("SQLite"), _row("PostgreSQL", database_url=url)]
    show(
        "Power cuts during intake",
        HEADS,
        rows,
        f"eight phones over loopback, synchronous FULL; each cut somewhere within the next 400 "
        f"answers; afterwards each alert is counted with its parts and the log is verified. "
        f"{CUTS} cuts each; SIGKILL takes the process, not the disk's own cache.",
    )


def _row(name: str, **settings: str) -> tuple[str, ...]:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outage = Outage(Path(folder), synchronous="FULL", **settings)
        for moment in moments(CUTS, most=400):
            outage.cut(after=moment)
        acknowledged = sum(len(phone.told) for phone in outage.phones)
        repeated = outage.repeat()
        lost = outage.losses()
    known = f"{len(repeated)} ({repeated.count(200)} were kept already)"
    seconds = f"{time.monotonic() - begun:.0f}"
    return name, f"{CUTS}", f"{acknowledged:,}", known, f"{len(lost)}", seconds


@contextmanager
def _cluster() -> Iterator[str]:
    running = postgres.start()
    try:
        yield running.create("power_cut")
    finally:
        running.stop()
