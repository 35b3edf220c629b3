"""Ten thousand rungs due in one second on a running server; a tick with a million that wait."""

import http.client
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from benchmarks import job_store
from benchmarks.crowd import found, grow, open_store
from benchmarks.intake import BODY, done, memory_mib
from benchmarks.table import percentile, show
from dispatch import clock
from dispatch.actions.deliver_notices import deliver_notices
from dispatch.actions.sweep_promises import sweep_promises
from dispatch.store.tables import Rung
from dispatch.store.transaction import Store

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import postgres
import server as servers

WAITING = 1_000_000
DUE = 10_000
PATIENCE_S = 120
WARM_UP_S = 20  # the server is up and warm before the second in which all falls due
PACE_S = 0.05


def run() -> None:
    _idle()
    print()
    cluster = postgres.start()
    try:
        rows = [_burst("SQLite", None), _burst("PostgreSQL", cluster.create("burst"))]
    finally:
        cluster.stop()
    show(
        f"{DUE:,} rungs due in one second",
        (
            *("database", "rungs", "all fired after s", "reads p50 / p95 ms"),
            *("intake p50 / p95 ms", "server MiB before / after"),
        ),
        rows,
        "a running server with its tick of 1 s: effects, notices, log, commit to disk; meanwhile "
        "one client reads lists and one reports alerts, 20 times a second each at most.",
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
            times = [_tick(store) for _ in range(300)]
    show(
        f"An idle tick with {WAITING:,} rungs pending (SQLite)",
        ("p50 ms", "p95 ms"),
        [tuple(f"{percentile(times, share) * 1000:.2f}" for share in (0.5, 0.95))],
        "what APScheduler's knock does: look for due rungs, look for notices that wait.",
    )


def _tick(store: Store) -> float:
    started = time.perf_counter()
    sweep_promises(store)
    deliver_notices(store)
    return time.perf_counter() - started


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


def _burst(name: str, url: str | None) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        address = url or f"sqlite:///{folder}/dispatch.sqlite3"
        settings = {"env": "production", "intake_per_minute": "0", "database_url": address}
        done("init", data_dir=data_dir, database_url=address)
        readers = [_token(role, data_dir, address) for role in ("supervisor", "volunteer")]
        due_at = clock.wall() + timedelta(seconds=WARM_UP_S)
        with open_store(address, data_dir) as store:
            rungs = grow(store, found(store), DUE // 3, due_at, levels=(1,))
        server = servers.start(data_dir, **settings)
        host = server.address.removeprefix("http://")
        before = sum(memory_mib(server.process.pid))
        with ProcessPoolExecutor(2) as pool:
            time.sleep(max(0.0, (due_at - clock.wall()).total_seconds()))
            reads = pool.submit(_measured, host, readers[0], "GET")
            intake = pool.submit(_measured, host, readers[1], "PUT")
            with open_store(address, data_dir) as store:
                fired = _wait(lambda: _pending(store, due_at) == 0, due_at)
            figures = [_percentiles(each.result()) for each in (reads, intake)]
        after = sum(memory_mib(server.process.pid))
        server.stop()
    return name, f"{rungs:,}", f"{fired:.1f}", *figures, f"{before:.0f} / {after:.0f}"


def _wait(is_over: Callable[[], bool], since: datetime) -> float:
    while not is_over() and (clock.wall() - since).total_seconds() < PATIENCE_S:
        time.sleep(0.1)
    return (clock.wall() - since).total_seconds()


def _pending(store: Store, due_at: datetime) -> int:
    with store.read() as session:
        waiting = select(func.count()).select_from(Rung)
        of_them = waiting.where(Rung.state == "pending", Rung.due_at <= due_at)
        return session.scalar(of_them) or 0


def _measured(host: str, token: str, method: str) -> list[float]:
    """How long each answer took, over the first fifteen seconds."""
    import json  # noqa: PLC0415
    import uuid  # noqa: PLC0415

    connection = http.client.HTTPConnection(host, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body, waits, end = json.dumps(BODY), [], time.perf_counter() + 15
    while time.perf_counter() < end:
        path = "/api/v1/alerts?limit=50" if method == "GET" else f"/api/v1/alerts/{uuid.uuid4()}"
        sent = time.perf_counter()
        connection.request(method, path, None if method == "GET" else body, headers)
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
