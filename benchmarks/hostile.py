"""A server among hostile clients without credentials: how long an honest one waits beside them."""

import http.client
import multiprocessing
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.besiegers import Siege, besiege
from benchmarks.table import percentile, show

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import server as servers

SECONDS: Final = 45  # longer than gunicorn's watchdog waits for a sign of life
GATHERING_S: Final = 3
RUNS: Final = 3
PATIENCE_S: Final = 20
PAGE: Final = "/login"


@dataclass(frozen=True)
class Outcome:
    """What an honest client met: seconds of each wait, how often it got no answer; dead workers."""

    waits: tuple[float, ...]
    failed: int
    deaths: int


def run() -> None:
    kinds = (("plain gthread", "benchmarks.plain_server", 1), ("this server", "dispatch", RUNS))
    rows = [_row(name, measured(module)) for name, module, times in kinds for _ in range(times)]
    show(
        "Hostile clients",
        ("server", "honest GETs", "p50 ms", "p99 ms", "longest ms", "failed", "dead workers"),
        rows,
        f"{Siege()} at once for {SECONDS} s; whoever is cut off comes again. The honest client "
        f"asks for {PAGE}, by turns over a fresh connection and a kept one, and gives up after "
        f"{PATIENCE_S} s; the attackers run on the same cores.",
    )


def _row(name: str, met: Outcome) -> tuple[str, ...]:
    figures = [percentile(met.waits, share) * 1000 for share in (0.5, 0.99, 1)]
    return (
        name,
        f"{len(met.waits):,}",
        *(f"{figure:,.0f}" for figure in figures),
        f"{met.failed}",
        f"{met.deaths}",
    )


def measured(module: str) -> Outcome:
    """A server of its own, besieged."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        servers.command("init", data_dir=data_dir)
        server = servers.start(data_dir, module=module, env="production")
        try:
            return besieged(server, Siege(), SECONDS)
        finally:
            with suppress(Exception):  # one that does not even end is the control
                server.stop()


def besieged(
    server: servers.Server, siege: Siege, seconds: float, patience: float = PATIENCE_S
) -> Outcome:
    """What an honest client meets beside the siege of a running server."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    workers = _children(server.process.pid)
    besiegers = multiprocessing.get_context("spawn").Process(
        target=besiege, args=(host, int(port), siege), daemon=True
    )
    besiegers.start()
    try:
        time.sleep(min(GATHERING_S, seconds / 2))
        waits, failed = _honest(f"{host}:{port}", seconds, patience)
    finally:
        besiegers.kill()
        besiegers.join()
    return Outcome(tuple(waits), failed, len(workers - _children(server.process.pid)))


def _honest(host: str, seconds: float, patience: float) -> tuple[list[float], int]:
    kept = http.client.HTTPConnection(host, timeout=patience)
    waits, failed, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for ask in (partial(_ask_anew, host, patience), partial(_ask_again, kept)):
            started = time.monotonic()
            failed += not ask()
            waits.append(time.monotonic() - started)
        time.sleep(0.02)
    kept.close()
    return waits, failed


def _ask_anew(host: str, patience: float) -> bool:
    fresh = http.client.HTTPConnection(host, timeout=patience)
    answered = _ask(fresh)
    fresh.close()
    return answered


def _ask_again(kept: http.client.HTTPConnection) -> bool:
    """As browsers do: once more where the server closed the idle connection."""
    return _ask(kept) or _ask(kept)


def _ask(connection: http.client.HTTPConnection) -> bool:
    try:
        connection.request("GET", PAGE)
        with connection.getresponse() as answer:
            answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return False
    return answer.status == http.client.OK


def _children(pid: int) -> set[str]:
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())
