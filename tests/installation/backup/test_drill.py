"""The drill: a server under load is backed up and killed, and its city goes on elsewhere."""

import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
import server as servers
from city import CIVIC_CENTRE, City
from outage import UNPACED
from sqlalchemy import func, select

from dispatch import clock
from dispatch.app import create_app
from dispatch.installation.backup.restore_backup import restore_backup
from dispatch.installation.backup.write_backup import write_backup
from dispatch.installation.verify_store import verify_store
from dispatch.store.installation_facts import set_clock_offset
from dispatch.store.tables import Alert, LogEntry, Rung
from dispatch.store.transaction import Store
from dispatch.sweep.sweep_promises import sweep_promises

AT_WORK = 3
PLENTY = 12  # alerts before the backup, and again after it

pytestmark = [pytest.mark.chaos, pytest.mark.long]


class Load:
    """Volunteers who report one alert after the other until the server is gone."""

    def __init__(self, address, token):
        self.address, self.token = address, token
        self.numbers = {}  # of what was acknowledged, by the alert's id, in order
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._report_on) for _ in range(AT_WORK)]

    def __enter__(self):
        for each in self.threads:
            each.start()
        return self

    def __exit__(self, *_: object):
        self.over.set()
        for each in self.threads:
            each.join()

    def wait_for(self, count):
        deadline = time.monotonic() + 60
        while len(self.numbers) < count:
            assert time.monotonic() < deadline, "the server takes nothing"
            time.sleep(0.01)

    def _report_on(self):
        while not self.over.is_set():
            alert_id = str(uuid.uuid4())
            try:
                self.numbers[alert_id] = self.report(alert_id)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                return
            time.sleep(0.01)

    def report(self, alert_id):
        """The number under which it is acknowledged."""
        lon, lat = CIVIC_CENTRE
        body = {
            "category": "E0113",
            "text": f"路面塌了一个坑，{alert_id[:4]} 号门前",
            "position": {"lon": lon, "lat": lat, "accuracy_m": 15, "crs": "wgs84"},
            "answers": {"urgency": "disrupts"},
        }
        return self._ask("PUT", f"/api/v1/alerts/{alert_id}", body)["number"]

    def _ask(self, method, path, body):
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        sent = urllib.request.Request(
            self.address + path, json.dumps(body).encode(), headers, method=method
        )
        with urllib.request.urlopen(sent, timeout=20) as answer:
            return json.load(answer)


@pytest.fixture
def server(city, settings):
    """The city's own server as a process; it sweeps once when it begins, and then is late."""
    city.volunteer()
    running = servers.start(
        settings.data_dir,
        database_url=settings.database_url,
        tick_seconds="60",
        **UNPACED,
        synchronous="NORMAL",
    )
    yield running
    if running.process.poll() is None:
        running.kill()


def test_a_killed_city_goes_on_elsewhere(city, server, store, elsewhere, tmp_path):
    shelf, there = tmp_path / "shelf", elsewhere()
    with Load(server.address, city.volunteer().token) as load:
        load.wait_for(PLENTY)
        let_ten_days_pass(store)
        acknowledged = dict(load.numbers)
        write_backup(store, shelf, "1", with_keys=True)
        load.wait_for(len(load.numbers) + PLENTY)
        server.kill()
    done = restore_backup(there, shelf, lambda _: None)
    with closing(Store(there)) as restored:
        nothing_acknowledged_is_lost(restored, acknowledged)
        everything_late_has_fired_once(restored, done.begun.fired)
        no_number_comes_twice(city, restored, load.numbers)
        assert [each for check in verify_store(restored) for each in check.differences] == []


def let_ten_days_pass(store):
    """Everything becomes late at once, and the server has not swept yet."""
    passed = timedelta(days=10)
    with store.write() as tx:
        set_clock_offset(tx.session, passed)
    clock.use_offset(lambda: passed)


def nothing_acknowledged_is_lost(store, acknowledged):
    with store.read() as session:
        kept = dict(session.execute(select(Alert.id, Alert.number)).all())
    assert acknowledged.items() <= kept.items()


def everything_late_has_fired_once(store, fired):
    with store.read() as session:
        rungs = select(func.count()).where(Rung.state == "fired")
        flagged = [
            each.codes.get("after_restore")
            for each in session.scalars(select(LogEntry).where(LogEntry.role == "system"))
            if "fired_at" in each.codes
        ]
        assert session.scalar(rungs) == len(flagged) > 0
    assert all(flagged)
    assert fired >= len(flagged)  # and those that were overtaken
    assert sweep_promises(store) == 0


def no_number_comes_twice(city, store, given):
    """Phones send again what they had sent, and others report what is new."""
    again = City(create_app(store.settings, store), store)
    volunteer = replace(city.volunteer(), city=again, http=again.app.test_client())
    numbers = {(alert_id, number) for alert_id, number in given.items()}
    for alert_id in [*list(given)[-PLENTY:], *(str(uuid.uuid4()) for _ in range(3))]:
        text = f"路面塌了一个坑，{alert_id[:4]} 号门前"
        receipt = volunteer.sends_report(alert_id, text=text)
        numbers.add((alert_id, receipt["number"]))
    assert len({number for _, number in numbers}) == len(numbers)
    new = [number for alert_id, number in numbers if given.get(alert_id) != number]
    assert all(int(number.split("-")[2]) > 50_000 for number in new)
    assert len(new) >= PLENTY
