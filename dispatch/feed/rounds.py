"""A thread that does one thing again and again: when woken, and when its time is up."""

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)


class Rounds:
    """One deed, one thread. A deed that fails is logged and tried again in the next round."""

    def __init__(
        self, deed: Callable[[], object], *, name: str, every: float, rest: float = 0
    ) -> None:
        """`every`: seconds until a round that nobody asked for; `rest`: seconds after each."""
        self._deed = deed
        self._every = every
        self._rest = rest
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def wake(self) -> None:
        """Do the next round now; never blocks, never fails."""
        self._woken.set()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """No further round; waits for the one that goes on."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._once()
            self._stopping.wait(self._rest)
            self._woken.wait(self._every)
            self._woken.clear()

    def _once(self) -> None:
        try:
            self._deed()
        except Exception:  # noqa: BLE001 - the thread must outlive any failure
            _log.exception("%s failed; the next round tries again", self._thread.name)
            self._stopping.wait(self._every)
