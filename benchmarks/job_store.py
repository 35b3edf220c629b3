"""APScheduler with a job store of its own, as it comes: the usual way, beside ours."""

import logging
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks.table import show

JOBS = 2_000
LONGEST_S = 120

_ran: list[int] = []
_all = threading.Event()


def run() -> None:
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/jobs.sqlite3"
        stores = {"default": SQLAlchemyJobStore(url=url)}
        scheduler = BackgroundScheduler(jobstores=stores, timezone="UTC")
        scheduler.start(paused=True)
        due_at = datetime.now(UTC) + timedelta(minutes=10)
        began = time.perf_counter()
        for number in range(JOBS):
            scheduler.add_job(_job, "date", run_date=due_at, args=[number], misfire_grace_time=None)
        added = time.perf_counter() - began
        for number, job in enumerate(scheduler.get_jobs()):
            del number
            job.modify(next_run_time=datetime.now(UTC))
        began = time.perf_counter()
        scheduler.resume()
        _all.wait(LONGEST_S)
        took = time.perf_counter() - began
        scheduler.shutdown(wait=False)
    show(
        f"APScheduler's own job store (SQLite), {JOBS:,} jobs due at once",
        ("jobs added in s", "ran", "all run after s"),
        [(f"{added:.1f}", f"{len(set(_ran)):,}", f"{took:.1f}")],
        "each job only counts itself: no effects, no log, no notices; and a job that is killed "
        "has left the store already.",
    )


def _job(number: int) -> None:
    _ran.append(number)
    if len(_ran) >= JOBS:
        _all.set()
