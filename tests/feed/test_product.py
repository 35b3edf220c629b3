"""The whole product as `serve` runs it: a report over HTTP is on the console within a second."""

import json
import queue
import time
import urllib.error
import urllib.request
import uuid
from contextlib import suppress

import pytest
import server as servers
import socketio

PATIENCE = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = servers.start(tmp_path_factory.mktemp("product") / "data", "--demo")
    yield running
    if running.process.poll() is None:
        running.kill()


def token(server, name):
    done = servers.command("token", name, data_dir=server.data_dir)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def ask(server, method, path, secret, body=None):
    request = urllib.request.Request(
        f"{server.address}/api/v1/{path}",
        json.dumps(body).encode() if body else None,
        {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        raise AssertionError(refusal.read().decode()) from None


def test_a_report_reaches_the_consoles_and_ctrl_c_ends_them(server):
    street, volunteer = token(server, "street"), token(server, "volunteer")
    heard, console = queue.Queue(), socketio.Client(reconnection=False)
    console.on("change", heard.put, namespace="/board")
    console.on("disconnect", lambda *_reason: heard.put("cut"), namespace="/board")
    console.connect(
        server.address,
        headers={"Authorization": f"Bearer {street}"},
        transports=["websocket"],
        namespaces=["/board"],
        wait_timeout=PATIENCE,
    )
    alert, started = str(uuid.uuid4()), time.monotonic()
    position = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 20, "crs": "wgs84"}
    hole = {"category": "E0113", "text": "路面塌了一块", "position": position}
    hole["answers"] = {"urgency": "disrupts"}
    ask(server, "PUT", f"alerts/{alert}", volunteer, hole)
    change = heard.get(timeout=PATIENCE)
    assert time.monotonic() - started < 1
    assert change["card"] in ask(server, "GET", "board", street)["cards"]
    assert change["card"]["id"] == alert
    started = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - started < 10
    assert heard.get(timeout=PATIENCE) == "cut"
    with suppress(AttributeError):  # the client may have let go of it already
        console.eio.ws.shutdown()
