"""A thread that repeats one action: when woken, and at the latest after a given time."""

import logging
import threading
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)


class PeriodicThread:
    """Repeats one action. A failure is logged, and the action is tried again."""

    def __init__(
        self, action: Callable[[], object], *, name: str, every: float, pause: float = 0
    ) -> None:
        """`every`: seconds until the action runs without being woken; `pause`: seconds after each
        run.
        """
        self._action = action
        self._every = every
        self._pause = pause
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._succeeded_at: float | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def wake(self) -> None:
        """Runs the action soon; never blocks, never fails."""
        self._woken.set()

    @property
    def silent_s(self) -> float:
        """Seconds since the action last came to a good end, or since the start; 0 before."""
        since = self._succeeded_at
        return 0.0 if since is None else time.monotonic() - since

    def start(self) -> None:
        self._succeeded_at = time.monotonic()
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread after the run that goes on; waits for it."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._once()
            self._stopping.wait(self._pause)
            self._woken.wait(self._every)
            self._woken.clear()

    def _once(self) -> None:
        try:
            self._action()
            self._succeeded_at = time.monotonic()
        except Exception:  # noqa: BLE001 - the thread must outlive any failure
            _log.exception("%s failed; the next round tries again", self._thread.name)
            self._stopping.wait(self._every)
