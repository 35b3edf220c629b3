"""Keeps scheduled jobs firing when the machine's clock is set forward or back.

APScheduler counts by the wall's time. Set back an hour, it would sleep that hour; set forward forty
days, it would first write down every run that it missed (seven seconds and 200 MB for each job).
"""

import threading
import time
from datetime import datetime, timedelta
from typing import Final

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger

from dispatch import clock

LOOK_S: Final = 1.0
# A clock that is only disciplined drifts by far less between two looks.
SET_BACK: Final = timedelta(seconds=0.5)


class Interval(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """So long after now, however long ago the run before was: missed runs are not caught up."""

    def __init__(self, seconds: float) -> None:
        self._every = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """APScheduler asks for it after each run."""
        return now + self._every


class ClockWatch:
    """Compares the wall's time with a monotonic one, and runs the jobs at once when it ran back."""

    def __init__(self, scheduler: BaseScheduler) -> None:
        self._scheduler = scheduler
        self._stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._monitoring, name="clock-watch", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def _monitoring(self) -> None:
        before = _booted()
        while not self._stopped.wait(LOOK_S):
            booted = _booted()
            if booted < before - SET_BACK:
                self._run_now()
            before = booted

    def _run_now(self) -> None:
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=clock.wall())


def _booted() -> datetime:
    """When the machine began, by the wall's time: constant until somebody sets the clock."""
    return clock.wall() - timedelta(seconds=time.monotonic())
