"""The knock: the only scheduler, that remembers nothing."""

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from dispatch import clock
from dispatch.timers import knock as knocker
from dispatch.timers import steady


@pytest.fixture
def store(monkeypatch):
    for quiet in ("beat", "_say_alive", "forget_photos", "sweep_promises", "deliver_notices"):
        monkeypatch.setattr(knocker, quiet, lambda _store: None)
    return SimpleNamespace(settings=SimpleNamespace(tick_seconds=0.05, heartbeat_url=""))


def test_it_knocks_again_and_again_until_it_is_stopped(monkeypatch, store):
    knocks = []
    thrice = threading.Event()

    def count(asked):
        knocks.append(asked)
        if len(knocks) == 3:
            thrice.set()

    monkeypatch.setattr(knocker, "sweep_promises", count)
    knock = knocker.Knock(store)
    knock.start()
    assert thrice.wait(5)
    knock.stop()
    heard = len(knocks)
    assert not threading.Event().wait(0.2)
    assert len(knocks) == heard
    assert knocks[0] is store


def test_a_knock_that_fails_does_not_end_the_knocking(monkeypatch, store):
    knocks = []
    again = threading.Event()

    def fail(asked):
        knocks.append(asked)
        if len(knocks) == 2:
            again.set()
        raise RuntimeError("the database is locked")

    monkeypatch.setattr(knocker, "sweep_promises", fail)
    knock = knocker.Knock(store)
    knock.start()
    assert again.wait(5)
    knock.stop()


def test_ctrl_c_before_the_first_knock_is_no_failure(store):
    knocker.Knock(store).stop()


def test_a_gateway_that_hangs_holds_up_no_sweep(monkeypatch, store):
    sweeps, freed, often = [], threading.Event(), threading.Event()

    def sweep(_store):
        sweeps.append(1)
        if len(sweeps) == 5:
            often.set()

    monkeypatch.setattr(knocker, "sweep_promises", sweep)
    monkeypatch.setattr(knocker, "deliver_notices", lambda _store: freed.wait(10))
    knock = knocker.Knock(store)
    knock.start()
    assert often.wait(5)
    freed.set()
    knock.stop()


def test_set_back_an_hour_it_does_not_sleep_that_hour(monkeypatch):
    knocked = threading.Event()
    scheduler = BackgroundScheduler(timezone="UTC")
    far_off = steady.Tick(3600)  # as after such a step
    scheduler.add_job(knocked.set, far_off, misfire_grace_time=None)
    monkeypatch.setattr(steady, "LOOK_S", 0.05)
    watch = steady.Steady(scheduler)
    scheduler.start()
    watch.start()
    assert not knocked.wait(0.3)
    set_back(monkeypatch)
    assert knocked.wait(5)
    watch.stop()
    scheduler.shutdown()


def set_back(monkeypatch):
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() - timedelta(hours=1))


def test_set_forward_forty_days_it_knocks_once_and_not_for_each_second_missed():
    now = datetime(2026, 12, 31, tzinfo=UTC)
    after = steady.Tick(1).get_next_fire_time(now - timedelta(days=40), now)
    assert after == now + timedelta(seconds=1)


def test_set_back_the_heartbeat_beats_at_once(monkeypatch, store):
    beats = []
    first, second = threading.Event(), threading.Event()

    def beat(_store):
        beats.append(clock.wall())
        (first if len(beats) == 1 else second).set()

    monkeypatch.setattr(knocker, "beat", beat)
    knock = knocker.Knock(store)
    knock.start()
    assert first.wait(5)
    assert not second.wait(0.3)
    set_back(monkeypatch)
    assert second.wait(5)
    knock.stop()
