"""Sweeps that are killed with SIGKILL at random moments: how many rungs are lost, how many twice.

`python -m benchmarks.kill_sweep URL SWEEP KILLS RUNGS` does one run in an empty database.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.broken_sweeps import claim_first, select_then_update
from benchmarks.crowd import AFTERWARDS, found, grow, open_store
from benchmarks.table import show
from dispatch import clock
from dispatch.store.log_checks import chain_breaks
from dispatch.store.tables import LogEntry, Promise, Rung
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises

SWEEPS: dict[str, Callable[[Store], int]] = {
    "product": sweep_promises,
    "claim first": claim_first,
    "select, then update": select_then_update,
}
PROCESSES = 2
LONGEST_LIFE_S = 0.8  # some die before their first commit, some after a few
PATIENCE_S = 600
HERD = 60  # alerts at a time


@dataclass(frozen=True)
class Toll:
    """What a run left: rungs without their log row, with two of them, and breaks of the chain."""

    kills: int
    rungs: int
    lost: int
    twice: int
    breaks: int
    seconds: float


def run() -> None:
    """The product and both controls on both databases."""
    import postgres  # noqa: PLC0415 - of the tests, on the path since crowd was read

    cluster = postgres.start()
    try:
        rows = [_row(sweep, "SQLite", None) for sweep in SWEEPS]
        rows += [
            _row(sweep, "PostgreSQL", cluster.create(f"killed_{number}"))
            for number, sweep in enumerate(SWEEPS)
        ]
    finally:
        cluster.stop()
    show(
        "Killed sweeps",
        ("sweep", "database", "kill -9", "rungs", "lost", "twice", "breaks of the log", "s"),
        rows,
        "two processes; each kill at a random moment; a rung is lost without its log row, twice "
        "with two. The two controls are broken on purpose.",
    )


def _row(sweep: str, database: str, url: str | None) -> tuple[str, ...]:
    kills, rungs = (100, 20_000) if sweep == "product" else (20, 2_000)
    toll = killed(sweep, url, kills, rungs)
    figures = (toll.kills, toll.rungs, toll.lost, toll.twice, toll.breaks)
    return sweep, database, *(f"{figure:,}" for figure in figures), f"{toll.seconds:.0f}"


def killed(sweep: str, url: str | None, kills: int, rungs: int) -> Toll:
    """One run in a process of its own, which forks and kills; None: an SQLite file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        words = [url or f"sqlite:///{folder}/city.sqlite3", sweep, str(kills), str(rungs), folder]
        here = [sys.executable, "-m", "benchmarks.kill_sweep", *words]
        house = Path(__file__).parent.parent
        said = subprocess.run(here, cwd=house, capture_output=True, text=True, check=False)
        if said.returncode:
            raise RuntimeError(said.stderr)
        return Toll(**json.loads(said.stdout))


def _rampage(url: str, sweep: str, kills: int, rungs: int, folder: Path) -> Toll:
    with open_store(url, folder) as store:
        model = found(store)
        planted = _plant(store, model, rungs)
    begun, done = time.monotonic(), 0
    sweepers = [_born(url, sweep, folder) for _ in range(PROCESSES)]
    try:
        while done < kills or _pending(url, folder):
            if time.monotonic() - begun > PATIENCE_S:
                break
            time.sleep(random.uniform(0, LONGEST_LIFE_S / PROCESSES))
            if done < kills:
                _die(sweepers.pop(random.randrange(PROCESSES)))
                sweepers.append(_born(url, sweep, folder))
                done += 1
                planted += _replant(url, folder, model)
    finally:
        for pid in sweepers:
            _die(pid)
    return _count(url, folder, done, planted, time.monotonic() - begun)


def _plant(store: Store, model: str, rungs: int) -> int:
    planted = 0
    while planted < rungs:
        planted += grow(store, model, HERD)
    return planted


def _replant(url: str, folder: Path, model: str) -> int:
    """Whoever is killed shall have been at work."""
    if _pending(url, folder):
        return 0
    with open_store(url, folder) as store:
        return grow(store, model, HERD)


def _born(url: str, sweep: str, folder: Path) -> int:
    """A sweeping process; it opens its own connections, and inherits none."""
    pid = os.fork()
    if pid:
        return pid
    try:
        with clock.at(AFTERWARDS), open_store(url, folder) as store:
            while True:
                SWEEPS[sweep](store)
                time.sleep(0.002)
    except Exception:  # noqa: BLE001 - the parent shall not see it, the reader shall
        traceback.print_exc()
    finally:
        os._exit(1)


def _die(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _pending(url: str, folder: Path) -> int:
    with open_store(url, folder) as store, store.read() as session:
        waiting = select(func.count()).select_from(Rung).where(Rung.state == "pending")
        return session.scalar(waiting) or 0


def _count(url: str, folder: Path, kills: int, rungs: int, seconds: float) -> Toll:
    with open_store(url, folder) as store, store.read() as session:
        told = Counter(name for row in session.scalars(select(LogEntry)) for name in _named(row))
        wanted = session.execute(
            select(Rung.alert_id, Promise.clock, Rung.level, Rung.turn).join(
                Promise, Promise.id == Rung.promise_id
            ),
        )
        times = [told[tuple(rung)] for rung in wanted]
        breaks = len(list(chain_breaks(session, store.seal.log_key)))
    twice = sum(each > 1 for each in times)
    return Toll(kills, rungs, times.count(0), twice, breaks, round(seconds, 1))


def _named(row: LogEntry) -> Iterator[tuple[str | None, str, int, int]]:
    """The rungs that a log row tells of: the one that fired and those it overtook."""
    if "fired_at" in row.codes:
        clock_name = row.codes["clock"]
        for level, turn in ([row.codes["level"], row.codes["turn"]], *row.codes["overtaken"]):
            yield row.alert_id, clock_name, level, turn


if __name__ == "__main__":
    address, which, deaths, many, place = sys.argv[1:]
    toll = _rampage(address, which, int(deaths), int(many), Path(place))
    print(json.dumps(asdict(toll)))
