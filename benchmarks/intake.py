"""Alerts a second over HTTP, and how long each of them waits for its answer."""

import http.client
import json
import random
import sys
import tempfile
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from benchmarks.table import percentile, show

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import server as servers

SECONDS = 10
CLIENTS = (1, 8)
BODY = {
    "category": "E0113",
    "text": "路面塌了一个坑，有半米宽",
    "answers": {"urgency": "disrupts"},
}


# West, south, east, north of where the reports come from: the middle of Futian.
TOWN = (114.02, 22.52, 114.08, 22.57)


def run() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        settings = {"env": "production", "intake_per_minute": "0", "requests_per_minute": "0"}
        done("init", data_dir=data_dir)
        tokens = [_volunteer(f"volunteer-{number}", data_dir) for number in range(max(CLIENTS))]
        with servers.running(data_dir, **settings) as server:
            rows = [_measured(server, tokens[:clients]) for clients in CLIENTS]
            memory = sum(memory_mib(server.process.pid))
    show(
        "Intake",
        ("clients", "alerts/s", "p50 ms", "p95 ms", "p99 ms", "refused"),
        rows,
        "HTTP, bearer token, decision with trace, a look around, promises, ladder, log, commit to "
        "disk (SQLite, synchronous FULL); the load generator runs on the same cores. "
        f"Memory of all the server's processes afterwards: {memory:.0f} MiB.",
    )


def _measured(server: servers.Server, tokens: list[str]) -> tuple[str, ...]:
    host = server.address.removeprefix("http://")
    with ProcessPoolExecutor(len(tokens)) as pool:
        started = time.perf_counter()
        sent = list(pool.map(_report, [host] * len(tokens), tokens))
        seconds = time.perf_counter() - started
    waits = [wait for waits, _ in sent for wait in waits]
    figures = [percentile(waits, share) * 1000 for share in (0.5, 0.95, 0.99)]
    return (
        f"{len(tokens)}",
        f"{len(waits) / seconds:.0f}",
        *(f"{figure:.0f}" for figure in figures),
        f"{sum(refused for _, refused in sent)}",
    )


def _report(host: str, token: str) -> tuple[list[float], int]:
    """One client, one connection, one alert after the other: its waits, and how many refusals."""
    connection = http.client.HTTPConnection(host, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    places = random.Random(token)
    waits, refused, end = [], 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        body = json.dumps(report(places))
        sent = time.perf_counter()
        connection.request("PUT", f"/api/v1/alerts/{uuid.uuid4()}", body, headers)
        answer = connection.getresponse()
        answer.read()
        waits.append(time.perf_counter() - sent)
        refused += answer.status != http.client.CREATED
    connection.close()
    return waits, refused


def report(places: random.Random) -> dict[str, object]:
    """What one client sends; a pin of its own for each: a city has no single hole."""
    west, south, east, north = TOWN
    lon, lat = round(places.uniform(west, east), 6), round(places.uniform(south, north), 6)
    return BODY | {"position": {"lon": lon, "lat": lat, "accuracy_m": 15, "crs": "wgs84"}}


def _volunteer(name: str, data_dir: Path) -> str:
    done("person", "add", name, "--role", "volunteer", "--at", "street-futian", data_dir=data_dir)
    return done("token", name, data_dir=data_dir).splitlines()[-1]


def done(*words: str, data_dir: Path, **settings: str) -> str:
    ran = servers.command(*words, data_dir=data_dir, env="production", **settings)
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    return ran.stdout


def memory_mib(pid: int) -> chain[float]:
    """Proportional memory of a process and all below it, so that shared pages count once."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return chain([own / 1024], *(memory_mib(int(child)) for child in children))
