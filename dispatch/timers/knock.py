"""The knock: APScheduler says "look again" every few moments; what is due stands in the tables.

It keeps nothing itself, may miss a beat or die: the next knock, here or in another process, finds
the same rows.
"""

from apscheduler.schedulers.background import BackgroundScheduler

from dispatch.actions.deliver_notices import deliver_notices
from dispatch.actions.sweep_promises import sweep_promises
from dispatch.store.transaction import Store


class Knock:
    """The one job of a process. `start` after the fork, `stop` before the process ends."""

    def __init__(self, store: Store) -> None:
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            knock,
            "interval",
            args=[store],
            seconds=store.settings.tick_seconds,
            id="knock",
            coalesce=True,  # after a pause of the process one knock is enough
            max_instances=1,
            misfire_grace_time=None,  # however late: never dropped
        )

    def start(self) -> None:
        """Begin to knock, in a thread of its own."""
        self._scheduler.start()

    def stop(self) -> None:
        """Let the knock in progress end, and no other begin."""
        self._scheduler.shutdown(wait=True)


def knock(store: Store) -> None:
    """Fire what is due, send what waits."""
    sweep_promises(store)
    deliver_notices(store)
