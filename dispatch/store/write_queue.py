"""SQLite has one writer at a time: whose turn it is, and how long anybody waits for theirs."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dispatch.errors import Refused

PATIENCE_S: Final = 5.0
AGAIN_S: Final = 5  # until a client should try again


class WriteQueue:
    """The writers of this process take turns by a lock, which is fair, unlike SQLite's busy
    timeout; that one is left for other processes. Both together take `patience_s` at most.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self.patience_s = patience_s
        self.waiting = 0  # writers who wait now
        self._counting = threading.Lock()
        self._turn = threading.Lock()
        self._mine = threading.local()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until nobody else in this process writes; raises Refused writes_wait."""
        deadline = time.monotonic() + self.patience_s
        if not self._wait():
            raise writes_wait()
        self._mine.deadline = deadline
        try:
            yield
        finally:
            del self._mine.deadline
            self._turn.release()

    def left_ms(self) -> int:
        """How long whoever has the turn may still wait for another process; all of the patience
        where this thread took none.
        """
        deadline = getattr(self._mine, "deadline", None)
        left = self.patience_s if deadline is None else deadline - time.monotonic()
        return max(0, int(left * 1000))

    def _wait(self) -> bool:
        if self._turn.acquire(blocking=False):
            return True
        self._count(1)
        try:
            return self._turn.acquire(timeout=self.patience_s)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self._counting:
            self.waiting += more


def writes_wait() -> Refused:
    """Nothing was written, and may be sent again as it is."""
    return Refused("writes_wait", seconds=AGAIN_S)
