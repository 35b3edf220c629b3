"""Ten thousand rungs due in one second on a running server; a tick with a million that wait."""

import http.client
import json
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from benchmarks import job_store
from benchmarks.crowd import found, grow, open_store
from benchmarks.intake import done, memory_mib, report
from benchmarks.table import percentile, show
from dispatch import clock
from dispatch.store.tables import Rung
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.telling.deliver_notices import deliver_notices

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import postgres
import server as servers

WAITING = 1_000_000
DUE = 10_000
PATIENCE_S = 120
WARM_UP_S = 20  # the server is up and warm before the second in which all falls due
PACE_S = 0.05
LOOK_S = 0.5  # between two looks at the server's memory
# What falls due at once: the rungs of each alert, and the levels of its ladders (none: all).
WAVES: dict[str, tuple[int, tuple[int, ...]]] = {
    "reminders": (3, (1,)),
    "whole ladders": (18, ()),
    "reminders again": (3, (1,)),
}


def run() -> None:
    _idle()
    print()
    cluster = postgres.start()
    try:
        rows = [*_bursts("SQLite", None), *_bursts("PostgreSQL", cluster.create("burst"))]
    finally:
        cluster.stop()
    show(
        f"{DUE:,} rungs due in one second",
        (
            *("database", "wave", "rungs", "all fired after s", "reads p50 / p95 ms"),
            *("intake p50 / p95 ms", "server MiB before / peak / after"),
        ),
        rows,
        "a running server with its tick of 1 s: effects, notices, log, commit to disk; meanwhile "
        "one client reads lists and one reports alerts, 20 times a second each at most. One wave "
        "after the other on the same server: first every clock's reminder, then whole ladders "
        "with urges, all cards and supervision, then the reminders of as many alerts again.",
    )
    print()
    job_store.run()


def _idle() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/city.sqlite3"
        with open_store(url, Path(folder)) as store:
            model = found(store)
            while deliver_notices(store):
                pass
            _plant_waiting(store, model)
            times = list(zip(*(_tick(store) for _ in range(300)), strict=True))
    show(
        f"An idle tick with {WAITING:,} rungs pending (SQLite)",
        ("p50 ms", "p95 ms", "CPU p50 ms", "CPU p95 ms"),
        [tuple(f"{percentile(each, at) * 1000:.2f}" for each in times for at in (0.5, 0.95))],
        "what APScheduler's jobs do: look for due rungs, look for notices that wait.",
    )


def _tick(store: Store) -> tuple[float, float]:
    """Seconds by the clock on the wall, and of the processor: others work on this machine, too."""
    started, worked = time.perf_counter(), time.process_time()
    sweep_promises(store)
    deliver_notices(store)
    return time.perf_counter() - started, time.process_time() - worked


def _plant_waiting(store: Store, model: str) -> None:
    """Rungs of next year, all on the model's first promise: written by the database itself."""
    far = int(datetime(2027, 6, 1, tzinfo=clock.wall().tzinfo).timestamp() * 1_000_000)
    columns = "id, promise_id, alert_id, level, turn, action, due_at, state, attempts, snoozed_s"
    rows = f"""
        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {WAITING})
        INSERT INTO rung ({columns}, "to")
        SELECT printf('%032d', x), (SELECT id FROM promise LIMIT 1), :alert, 1, x, 'notice',
               {far} + x * 1000, 'pending', 0, 0, '[]' FROM n
    """  # noqa: S608 - numbers of this module
    with store.write() as tx:
        tx.session.execute(text(rows), {"alert": model})


def _bursts(name: str, url: str | None) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        address = url or f"sqlite:///{folder}/dispatch.sqlite3"
        settings = {"env": "production", "database_url": address}
        settings |= {"intake_per_minute": "0", "requests_per_minute": "0"}
        done("init", data_dir=data_dir, database_url=address)
        tokens = [_token(role, data_dir, address) for role in ("supervisor", "volunteer")]
        with open_store(address, data_dir) as store:
            model = found(store)
            with servers.running(data_dir, **settings) as server:
                return [(name, wave, *_burst(store, server, model, tokens, wave)) for wave in WAVES]


def _burst(
    store: Store, server: servers.Server, model: str, tokens: list[str], wave: str
) -> tuple[str, ...]:
    due_at = clock.wall() + timedelta(seconds=WARM_UP_S)
    rungs_each, levels = WAVES[wave]
    rungs = grow(store, model, DUE // rungs_each, due_at, levels)
    host = server.address.removeprefix("http://")
    with ProcessPoolExecutor(2) as pool:
        time.sleep(max(0.0, (due_at - clock.wall()).total_seconds()))
        memory = [_memory(server)]
        reads = pool.submit(_measured, host, tokens[0], "GET")
        intake = pool.submit(_measured, host, tokens[1], "PUT")
        fired = _wait(lambda: _pending(store, due_at) == 0, due_at, server, memory)
        figures = [_percentiles(each.result()) for each in (reads, intake)]
    memory += [max(memory), _memory(server)]
    mib = " / ".join(f"{each:.0f}" for each in (memory[0], *memory[-2:]))
    return f"{rungs:,}", f"{fired:.1f}", *figures, mib


def _wait(
    is_over: Callable[[], bool], since: datetime, server: servers.Server, memory: list[float]
) -> float:
    looked = time.monotonic()
    while not is_over() and (clock.wall() - since).total_seconds() < PATIENCE_S:
        time.sleep(0.1)
        if time.monotonic() - looked > LOOK_S:
            memory.append(_memory(server))
            looked = time.monotonic()
    return (clock.wall() - since).total_seconds()


def _memory(server: servers.Server) -> float:
    return sum(memory_mib(server.process.pid))


def _pending(store: Store, due_at: datetime) -> int:
    with store.read() as session:
        waiting = select(func.count()).select_from(Rung)
        of_them = waiting.where(Rung.state == "pending", Rung.due_at <= due_at)
        return session.scalar(of_them) or 0


def _measured(host: str, token: str, method: str) -> list[float]:
    """How long each answer took, over the first fifteen seconds."""
    connection = http.client.HTTPConnection(host, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    places, waits, end = random.Random(token), [], time.perf_counter() + 15
    while time.perf_counter() < end:
        path = "/api/v1/alerts?limit=50" if method == "GET" else f"/api/v1/alerts/{uuid.uuid4()}"
        body = None if method == "GET" else json.dumps(report(places))
        sent = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        waits.append(time.perf_counter() - sent)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        time.sleep(PACE_S)
    return waits


def _percentiles(waits: list[float]) -> str:
    return " / ".join(f"{percentile(waits, share) * 1000:.0f}" for share in (0.5, 0.95))


def _token(role: str, data_dir: Path, url: str) -> str:
    unit = "futian" if role == "supervisor" else "street-futian"
    where = {"data_dir": data_dir, "database_url": url}
    done("person", "add", role, "--role", role, "--at", unit, **where)
    return done("token", role, **where).splitlines()[-1]
