"""The real server and commands in processes of their own: start, walk the clock, stop, kill."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parent.parent
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass
class Server:
    """A running server; everything that it said stands in `log`."""

    process: subprocess.Popen
    address: str
    log: Path
    data_dir: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def walk(self, *, minutes: float = 0, seconds: float = 0) -> dict:
        """Move the city's clock on; it stops at everything that is due on the way."""
        body = json.dumps({"advance_s": minutes * 60 + seconds}).encode()
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/test/clock", body, kind)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def stop(self) -> int:
        """As Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return _ended(self.process)

    def kill(self) -> None:
        """As a power cut does: the server and every worker of its session, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The test clock is open; the data folder is the test's own; no demo's past unless asked."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCH_")}
    given = {f"DISPATCH_{name.upper()}": value for name, value in settings.items()}
    own = {
        "DISPATCH_ENV": "test",
        "DISPATCH_DATA_DIR": str(data_dir),
        "DISPATCH_DEMO_WEEKS": "0",
    }
    return bare | own | given


def command(*words: str, data_dir: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command of the product beside the server; whoever asks looks at its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "dispatch", *words],
        cwd=HOUSE,
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def start(
    data_dir: Path, *options: str, port: int = 0, module: str = "dispatch", **settings: str
) -> Server:
    """A server that answers; port 0 lets the machine choose. `module`: another one to run."""
    data_dir.mkdir(parents=True, exist_ok=True)
    log = data_dir / "serve.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "serve", "--port", str(port), *options],
            cwd=HOUSE,
            env=environment(data_dir, **settings) | {"PYTHONUNBUFFERED": "1"},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that kill() reaches the workers too
        )
    server = Server(process, "", log, data_dir)
    try:
        server.address = _answering(server)
    except BaseException:
        server.kill()
        raise
    return server


@contextmanager
def running(data_dir: Path, *options: str, **settings: str) -> Iterator[Server]:
    """A server that ends with the block, whatever happens in it."""
    server = start(data_dir, *options, **settings)
    try:
        yield server
    finally:
        server.stop()


def _answering(server: Server, seconds: float = 120) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.process.poll() is None:
        printed = ADDRESS.findall(server.said())  # the last: a welcome link may stand before it
        if printed and _is_alive(printed[-1]):
            return printed[-1]
        time.sleep(0.05)
    raise TimeoutError(f"the server did not come up; it said:\n{server.said()}")


def _is_alive(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _ended(process: subprocess.Popen, seconds: float = 20) -> int:
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
