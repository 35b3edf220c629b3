"""Two real processes, one signs at the instant at which the other fires the deadline."""

import json
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import racer
from sqlalchemy import select
from stage import MONDAY, City

from dispatch import clock
from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import LogEntry, Promise
from dispatch.sweep.sweep_promises import sweep_promises

MET = ("met", None, ())
MISSED = ("missed", "yellow", ("card", "notify"))
# How long after the sweep the signing begins: before it, at the same instant, after it.
HEAD_STARTS_MS = (-40, -20, -12, -6, -3, 0, 0, 3, 6, 12, 20, 40)


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        yield City(store)


def test_two_processes_sign_and_sweep_at_the_same_instant_and_one_of_them_was_first(city):
    """Never both a row that tells of the breach and a promise that was met."""
    with _Racers(city) as racers:
        ends = [end for head_start in HEAD_STARTS_MS for end in _meet(city, racers, head_start)]
    assert set(ends) <= {MET, MISSED}, Counter(ends)
    assert len(set(ends)) == 2, "every race ended alike: they never met"
    assert [each for check in verify_store(city.store) for each in check.differences] == []


def _meet(city, racers, head_start_ms):
    """Three alerts at once: the one signs them in turn while the other fires all of them."""
    alerts = []
    for _ in range(3):
        city.report()
        alerts.append(city.alert_id)
    with city.store.read() as session:
        due_at = session.scalar(select(Promise.due_at).where(*_sign_clock(alerts[0])))
    start = clock.wall() + timedelta(milliseconds=60)
    starts = {"sweep": start, "sign": start + timedelta(milliseconds=head_start_ms)}
    racers.run(alerts, due_at, starts)
    with clock.at(due_at), city.store.read() as session:
        assert sweep_promises(city.store) == 0
        return [_end(session, alert) for alert in alerts]


def _end(session, alert):
    """State and card of the sign clock, and what the log tells of its due time."""
    promise = session.scalar(select(Promise).where(*_sign_clock(alert)))
    rows = session.scalars(select(LogEntry).where(LogEntry.alert_id == alert))
    told = [row.code for row in rows if row.codes.get("clock") == "sign"]
    return promise.state, promise.card, tuple(sorted(told))


def _sign_clock(alert):
    return Promise.alert_id == alert, Promise.clock == "sign"


class _Racers:
    """Two processes of the product's code beside the test's own."""

    def __init__(self, city):
        settings = city.store.settings
        here = [sys.executable, racer.__file__, str(settings.data_dir), settings.database_url]
        self._desk = city.desk
        self._racers = [
            subprocess.Popen(
                [*here, part],
                cwd=Path(racer.__file__).parent.parent,
                env={"PYTHONPATH": "."},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for part in racer.PARTS
        ]

    def __enter__(self):
        assert self._answers() == ["ready", "ready"]
        return self

    def __exit__(self, _kind, _error, _traceback):
        for each in self._racers:
            each.stdin.close()
            each.stdout.close()
            each.wait(timeout=20)

    def run(self, alerts, due_at, starts):
        race = {
            "alerts": alerts,
            "person": self._desk.person_id,
            "unit": self._desk.grants[0].unit,
            "due_at": due_at.isoformat(),
            "starts": {part: at.isoformat() for part, at in starts.items()},
        }
        for each in self._racers:
            each.stdin.write(f"{json.dumps(race)}\n")
            each.stdin.flush()
        assert self._answers() == ["done", "done"]

    def _answers(self):
        return [each.stdout.readline().strip() for each in self._racers]
