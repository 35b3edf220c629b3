"""A process that decodes, as the server sees it: started, asked within a deadline, ended."""

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, Final

from dispatch.errors import PROBLEMS, Refused
from dispatch.store.pictures.headers import MIB
from dispatch.store.pictures.pixels import Redrawn

# Nobody hostile has a say in how long it takes to start, a busy machine has.
_START_S: Final = 30.0
_MOST_ANSWERED: Final = 4 * MIB
_PROGRAM: Final = "dispatch.store.pictures.child_program"
_ROOT: Final = Path(__file__).parents[3]
# What it needs to find its interpreter and libraries: no keys and no passwords of ours.
_KEPT_VARIABLES: Final = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "LANG")
# Address space is what is bounded; each arena of the C library would take 64 MiB of it.
_OWN_VARIABLES: Final = {"MALLOC_ARENA_MAX": "1"}


class Child:
    """Raises EOFError or OSError where the process ends, is ended, or cannot be started.

    It is no fork, so that threads and their locks do not matter.
    """

    def __init__(self, memory_mib: int, most_megapixels: int, deadline_s: float) -> None:
        self.is_late = False
        self._deadline_s = deadline_s
        self._is_last = False
        self._cpu_s = 0.0
        self._line, theirs = Pipe()
        with theirs:
            words = (str(number) for number in (theirs.fileno(), memory_mib, most_megapixels))
            self._process = subprocess.Popen(  # noqa: S603 - our own program, our own numbers
                [sys.executable, "-m", _PROGRAM, *words],
                cwd=_ROOT,
                env=_environment(),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        try:
            with self._within(_START_S):
                self.knows_heic = bool(self._told()["heic"])
        except BaseException:
            self.end()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """As subprocess has it: -9 where SIGKILL ended it; None while it runs."""
        return self._process.returncode

    @property
    def is_ready(self) -> bool:
        """It takes another picture."""
        return not (self.is_late or self._is_last) and self._process.poll() is None

    def redraw(self, kind: str, sent: bytes) -> Redrawn:
        """An upright, small picture. Raises Refused for what pixels.py refuses."""
        with self._within(self._deadline_s):
            self._line.send_bytes(kind.encode())
            self._line.send_bytes(sent)
            told = self._told()
            self._is_last = bool(told["last"])
            if "code" in told:
                raise _refused(told)
            body, thumb = (self._line.recv_bytes(_MOST_ANSWERED) for _ in range(2))
        return Redrawn(body, thumb, int(told["width"]), int(told["height"]))

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> float:
        """Ends it whatever it does; returns the processor seconds since its last answer."""
        before = _children_cpu_s()
        self._line.close()
        self._process.kill()
        self._process.wait()
        return max(0.0, _children_cpu_s() - before - self._cpu_s)

    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self._line.recv_bytes(_MOST_ANSWERED))
        self._cpu_s = told["cpu_s"]
        return told

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Ends the process where the block takes too long: sending and receiving fail then."""
        timer = threading.Timer(seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _end_late(self) -> None:
        self.is_late = True
        self._process.kill()


def _refused(told: dict[str, Any]) -> Refused:
    if told["code"] not in PROBLEMS:
        raise OSError("the process that decodes answered what it cannot")
    return Refused(told["code"], **told["params"])


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | _OWN_VARIABLES


def _children_cpu_s() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
