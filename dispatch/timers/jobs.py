"""The scheduled jobs of a process: fire what is due, deliver what waits, say that the server lives.

APScheduler keeps nothing, may miss a run or die: the next run, here or in another process, finds
the same rows in the tables.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.background import BackgroundScheduler

from dispatch import clock
from dispatch.intake.forget_photos import forget_photos
from dispatch.store.backlog import note_swept, read_backlog
from dispatch.store.transaction import Store
from dispatch.sweep.reapply_promises import date_undated
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.sweep.sweep_requests import sweep_requests
from dispatch.sweep.warn_of_horizon import warn_of_horizon
from dispatch.telling.deliver_notices import deliver_notices
from dispatch.timers.anchors import Anchors
from dispatch.timers.heartbeat import Heartbeat
from dispatch.timers.machine_clock import ClockWatch, Interval

# Often enough to miss it within a minute, seldom enough not to write at each run.
BEAT: Final = timedelta(seconds=15)
TIDYING: Final = timedelta(hours=1)  # looks through all photos: seldom


class Jobs:
    """The jobs of a process. `start` after the fork, `stop` before the process ends.

    Two of them: a gateway that hangs holds up what is told outside, never what falls due.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._beaten: datetime | None = None
        self._tidied: datetime | None = None
        self._heartbeat = Heartbeat(store.settings.heartbeat_url, partial(is_well, store))
        # a run that lasts longer than a tick is no news; that none ends is told by readyz
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        self._anchors = Anchors(store)
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._clock_watch = ClockWatch(self._scheduler)
        for job in (self._sweep, self._deliver):
            self._scheduler.add_job(
                job,
                Interval(store.settings.tick_seconds),
                id=job.__name__,
                coalesce=True,  # after a pause of the process one run is enough
                max_instances=1,
                misfire_grace_time=None,  # however late: never dropped
            )

    def start(self) -> None:
        """Begin, in threads of its own; a thread that never sweeps is missed from now on, too."""
        _say_alive(self._store)
        self._heartbeat.start()
        self._anchors.start()
        self._scheduler.start()
        self._clock_watch.start()

    def stop(self) -> None:
        """Let the run in progress end, and no other begin; Ctrl-C may come before the first."""
        self._heartbeat.stop()
        self._clock_watch.stop()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self._anchors.stop()

    def _sweep(self) -> None:
        """Fire what is due; now and then say so, to those within and to whoever watches."""
        sweep_promises(self._store)
        sweep_requests(self._store)
        wall = clock.wall()
        if self._beaten is None or abs(wall - self._beaten) >= BEAT:  # set back, it beats at once
            beat(self._store)
            self._beaten = wall
            self._heartbeat.swept()
        if self._tidied is None or abs(wall - self._tidied) >= TIDYING:
            forget_photos(self._store)
            self._tidied = wall

    def _deliver(self) -> None:
        """Send what waits."""
        deliver_notices(self._store)


def beat(store: Store) -> None:
    """Note that a sweep came to its end, and do what is wanted now and then."""
    _say_alive(store)
    warn_of_horizon(store)
    date_undated(store)


def is_well(store: Store) -> bool:
    """Whether `readyz` would be green."""
    with store.monitor() as session:
        store.playbook(session)  # without one nothing is promised: no city to watch
        return not read_backlog(session, store.now(session), clock.wall()).faults


def _say_alive(store: Store) -> None:
    with store.write() as tx:
        note_swept(tx.session, clock.wall())
