"""The knock: APScheduler says "look again" every few moments; what is due stands in the tables.

It keeps nothing itself, may miss a beat or die: the next knock, here or in another process, finds
the same rows.
"""

from apscheduler.schedulers.background import BackgroundScheduler

from dispatch.actions.deliver_notices import deliver_notices
from dispatch.actions.sweep_promises import sweep_promises
from dispatch.store.transaction import Store


def start_knocking(store: Store, every_seconds: float) -> BackgroundScheduler:
    """Start the one job of this process, in a thread of its own."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        knock,
        "interval",
        args=[store],
        seconds=every_seconds,
        id="knock",
        coalesce=True,  # after a pause of the process one knock is enough
        max_instances=1,
        misfire_grace_time=None,  # however late: never dropped
    )
    scheduler.start()
    return scheduler


def stop_knocking(scheduler: BackgroundScheduler) -> None:
    """Let the knock in progress end, and no other begin."""
    scheduler.shutdown(wait=True)


def knock(store: Store) -> None:
    """Fire what is due, send what waits."""
    sweep_promises(store)
    deliver_notices(store)
