"""Counters of one process for Prometheus: requests, refusals, deliveries.

Every label takes its values from a closed set: routes, methods, statuses, codes, channels; never a
person, a place or a path as it was asked.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

_BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
RECENT_S: Final = 300
_SLOT_S: Final = 10


class Meters:
    """What a process has counted since it began; `now`: a clock in seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.registry = CollectorRegistry()
        self.recent = RecentAnswers(now)
        self.requests = Counter(
            "shaodao_http_requests",
            "Answered requests by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "shaodao_http_request_seconds",
            "How long an answer took once its request was there as a whole.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.intake_refusals = Counter(
            "shaodao_intake_refusals",
            "Reports and photos that were refused, by the code of the refusal.",
            ("code",),
            registry=self.registry,
        )
        self.deliveries = Counter(
            "shaodao_deliveries",
            "Tries to deliver a notice by channel and outcome: sent, again, failed or dropped.",
            ("channel", "outcome"),
            registry=self.registry,
        )


class RecentAnswers:
    """How many answers of the last five minutes there were, and how many were failures."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._slots: deque[tuple[int, int, int]] = deque()  # number of the slot, answers, failures
        self._lock = threading.Lock()

    def note(self, *, failed: bool) -> None:
        """`failed`: by the server's fault."""
        slot = int(self._now() // _SLOT_S)
        with self._lock:
            last, answers, failures = self._slots[-1] if self._slots else (slot - 1, 0, 0)
            if last == slot:
                self._slots[-1] = (slot, answers + 1, failures + failed)
            else:
                self._slots.append((slot, 1, int(failed)))
            self._forget(slot)

    def counts(self) -> tuple[int, int]:
        """Answers and failures."""
        with self._lock:
            self._forget(int(self._now() // _SLOT_S))
            return sum(each[1] for each in self._slots), sum(each[2] for each in self._slots)

    def _forget(self, slot: int) -> None:
        while self._slots and self._slots[0][0] <= slot - RECENT_S // _SLOT_S:
            self._slots.popleft()
