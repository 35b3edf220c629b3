"""The heartbeat outside comes while the city keeps its promises, and stops when it does not."""

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from gateways import Monitor
from published import publish
from sqlalchemy import create_engine, text

from dispatch.errors import Refused
from dispatch.installation import readiness
from dispatch.installation.readiness import is_well
from dispatch.settings import load_settings
from dispatch.timers import heartbeat as outside
from dispatch.timers import jobs as scheduled
from dispatch.timers.heartbeat import Heartbeat
from dispatch.timers.jobs import Jobs

WAYS = 10  # on a busy machine a sweep that had begun may end late
SILENCE_S = 0.4  # several beats long


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """Twenty beats a second instead of one a minute."""
    monkeypatch.setattr(outside, "EVERY_S", 0.05)
    monkeypatch.setattr(scheduled, "BEAT", timedelta())


@pytest.fixture
def monitor():
    with Monitor() as monitor:
        yield monitor


@pytest.fixture
def timers(monkeypatch):
    """The schedulers that were made."""
    made, kind = [], scheduled.BackgroundScheduler
    monkeypatch.setattr(
        scheduled, "BackgroundScheduler", lambda **options: made.append(kind(**options)) or made[-1]
    )
    return made


@pytest.fixture
def jobs(store, monitor, timers):
    publish(store)
    store.settings = replace(store.settings, tick_seconds=0.05, heartbeat_url=monitor.address)
    jobs = Jobs(store)
    jobs.start()
    yield jobs
    jobs.stop()


def comes(monitor, seconds=5):
    """Whether the monitor is asked once more."""
    heard, until = len(monitor.asked), time.monotonic() + seconds
    while time.monotonic() < until:
        if len(monitor.asked) > heard:
            return True
        time.sleep(0.01)
    return False


def falls_silent(monitor):
    """Some that were on their way may still come; then none."""
    is_silent = any(not comes(monitor, SILENCE_S) for _ in range(WAYS))
    return is_silent and not comes(monitor, SILENCE_S)


@contextmanager
def locked(store):
    """Somebody else holds the database and writes nothing."""
    engine = create_engine(store.settings.database_url)
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as theirs:
        theirs.execute(text("BEGIN IMMEDIATE" if sqlite else "BEGIN"))
        if not sqlite:
            theirs.execute(text("LOCK TABLE fact, rung IN ACCESS EXCLUSIVE MODE"))
        yield
        theirs.execute(text("ROLLBACK"))
    engine.dispose()


def test_finished_sweeps_are_heard_outside(jobs, monitor):
    assert comes(monitor)
    assert comes(monitor)
    assert set(monitor.asked) == {"/ping/district?from=shaodao"}


def test_a_dead_timer_is_missed(timers, jobs, monitor):
    [timer] = timers
    assert comes(monitor)
    timer.pause()
    assert falls_silent(monitor)
    timer.resume()
    assert comes(monitor)


def test_a_database_that_somebody_holds_is_missed_until_it_is_free(jobs, monitor, store):
    assert comes(monitor)
    with locked(store):
        assert falls_silent(monitor)
    assert comes(monitor, 20)


def test_a_sweep_that_fails_each_time_is_missed(jobs, monitor, monkeypatch):
    assert comes(monitor)

    def fail(_store):
        raise RuntimeError("disk full")

    monkeypatch.setattr(scheduled, "sweep_promises", fail)
    assert falls_silent(monitor)


def test_a_server_that_is_not_ready_keeps_quiet(jobs, monitor, store, monkeypatch):
    assert comes(monitor)
    assert is_well(store)
    red = [readiness.Remark("rungs_wait", is_red=True)]
    monkeypatch.setattr(readiness, "of_database", lambda _found: red)
    assert not is_well(store)
    assert falls_silent(monitor)


def test_a_monitor_that_hangs_holds_up_no_sweep(jobs, monitor, monkeypatch):
    assert comes(monitor)
    monitor.is_hanging.set()
    assert comes(monitor)  # it is asked once more, and answers nothing
    sweeps = []
    monkeypatch.setattr(scheduled, "sweep_promises", lambda _store: sweeps.append(1))
    assert falls_silent(monitor)
    assert len(sweeps) > 5
    begun = time.monotonic()
    jobs.stop()
    assert time.monotonic() - begun < 2


def test_a_monitor_that_is_away_is_asked_again_and_said_so_once(monitor, caplog):
    monitor.status = 503
    beat = Heartbeat(monitor.address, lambda: True)
    beat.start()
    for status in (503, 200, 200):
        monitor.status, heard = status, len(monitor.asked)
        while len(monitor.asked) < heard + 3:
            beat.swept()
            time.sleep(0.01)
    beat.stop()
    said = [row.getMessage() for row in caplog.records]
    assert said == ["the heartbeat is not heard: status 503", "the heartbeat is heard again: ok"]


def test_nobody_is_followed_elsewhere(monitor):
    monitor.status = 302
    assert outside.ask(monitor.address) == "status 302"
    assert monitor.asked == ["/ping/district?from=shaodao"]


def test_beats_are_at_most_one_in_a_while_however_often_is_swept(monitor, monkeypatch):
    monkeypatch.setattr(outside, "EVERY_S", 60)
    beat = Heartbeat(monitor.address, lambda: True)
    beat.start()
    for _ in range(50):
        beat.swept()
        time.sleep(0.005)
    beat.stop()
    assert len(monitor.asked) == 1


def test_without_an_address_nobody_is_asked():
    beat = Heartbeat("", lambda: pytest.fail("nobody wants to know"))
    beat.start()
    beat.swept()
    beat.stop()


@pytest.mark.parametrize(
    "address",
    [
        "ftp://monitor/x",
        "file:///etc/passwd",
        "monitor.local/x",
        "http://",
        "http://who:secret@monitor/x",
        "http://monitor:99999/x",
        "http://monitor/a b",
    ],
)
@pytest.mark.parametrize("knob", ["HEARTBEAT_URL", "WEBHOOK_URL"])
def test_only_addresses_of_web_servers_are_taken(knob, address):
    with pytest.raises(Refused) as refused:
        load_settings({f"DISPATCH_{knob}": address})
    assert [fault.code for fault in refused.value.faults] == ["not_a_url"]


def test_addresses_of_the_intranet_are_the_normal_case():
    for address in ("http://10.2.3.4:3001/api/push/x?status=up", "https://monitor.ft.gov/ping"):
        assert load_settings({"DISPATCH_HEARTBEAT_URL": address}).heartbeat_url == address
