"""Limits how often somebody may do something: so many at once, then so many a minute."""

import threading
from math import ceil


class RateLimit:
    """A leaky bucket for each key, in this process; one that ran empty is forgotten."""

    def __init__(self, per_minute: int) -> None:
        """0: no limit."""
        self._per_minute = per_minute
        self._taken: dict[str, tuple[float, float]] = {}  # key: (how much, when in seconds)
        self._lock = threading.Lock()

    def wait(self, key: str, now: float) -> int:
        """Seconds until one more is allowed; 0: now. `now` in seconds of any steady clock."""
        with self._lock:
            return self._seconds(key, now)

    def take(self, key: str, now: float) -> None:
        """One more."""
        with self._lock:
            self._add(key, now)

    def ask(self, key: str, now: float) -> int:
        """0: one more was taken; else the seconds until one more is allowed, and none was taken."""
        with self._lock:
            if seconds := self._seconds(key, now):
                return seconds
            self._add(key, now)
        return 0

    def _add(self, key: str, now: float) -> None:
        self._taken[key] = (self._level(key, now) + 1, now)
        if len(self._taken) > 10_000:
            self._taken = {key: was for key, was in self._taken.items() if now - was[1] < 60}

    def _seconds(self, key: str, now: float) -> int:
        over = self._level(key, now) + 1 - self._per_minute
        return 0 if not self._per_minute or over <= 0 else ceil(over * 60 / self._per_minute)

    def _level(self, key: str, now: float) -> float:
        level, since = self._taken.get(key, (0.0, now))
        return max(0.0, level - (now - since) * self._per_minute / 60)
