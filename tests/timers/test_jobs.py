"""The scheduled jobs run again and again, whatever fails, hangs, or sets the clock."""

import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from dispatch import clock
from dispatch.timers import jobs as scheduled
from dispatch.timers import machine_clock


@pytest.fixture
def store(monkeypatch):
    for quiet in (
        "beat",
        "_say_alive",
        "forget_photos",
        "sweep_promises",
        "sweep_requests",
        "deliver_notices",
    ):
        monkeypatch.setattr(scheduled, quiet, lambda _store: None)
    return SimpleNamespace(settings=SimpleNamespace(tick_seconds=0.05, heartbeat_url="", anchor=""))


def test_jobs_run_again_and_again_until_they_are_stopped(monkeypatch, store):
    runs = []
    thrice = threading.Event()

    def count(asked):
        runs.append(asked)
        if len(runs) == 3:
            thrice.set()

    monkeypatch.setattr(scheduled, "sweep_promises", count)
    jobs = scheduled.Jobs(store)
    jobs.start()
    assert thrice.wait(5)
    jobs.stop()
    heard = len(runs)
    assert not threading.Event().wait(0.2)
    assert len(runs) == heard
    assert runs[0] is store


def test_a_run_that_fails_does_not_end_the_running(monkeypatch, store):
    runs = []
    again = threading.Event()

    def fail(asked):
        runs.append(asked)
        if len(runs) == 2:
            again.set()
        raise RuntimeError("the database is locked")

    monkeypatch.setattr(scheduled, "sweep_promises", fail)
    jobs = scheduled.Jobs(store)
    jobs.start()
    assert again.wait(5)
    jobs.stop()


def test_ctrl_c_before_the_first_run_is_no_failure(store):
    scheduled.Jobs(store).stop()


def test_a_gateway_that_hangs_holds_up_no_sweep(monkeypatch, store):
    sweeps, freed, often = [], threading.Event(), threading.Event()

    def sweep(_store):
        sweeps.append(1)
        if len(sweeps) == 5:
            often.set()

    monkeypatch.setattr(scheduled, "sweep_promises", sweep)
    monkeypatch.setattr(scheduled, "deliver_notices", lambda _store: freed.wait(10))
    jobs = scheduled.Jobs(store)
    jobs.start()
    assert often.wait(5)
    freed.set()
    jobs.stop()


def test_set_back_an_hour_it_does_not_sleep_that_hour(monkeypatch):
    ran = threading.Event()
    scheduler = BackgroundScheduler(timezone="UTC")
    far_off = machine_clock.Interval(3600)  # as after such a step
    scheduler.add_job(ran.set, far_off, misfire_grace_time=None)
    monkeypatch.setattr(machine_clock, "LOOK_S", 0.05)
    watch = machine_clock.ClockWatch(scheduler)
    scheduler.start()
    watch.start()
    assert not ran.wait(0.3)
    set_back(monkeypatch)
    assert ran.wait(5)
    watch.stop()
    scheduler.shutdown()


def set_back(monkeypatch):
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() - timedelta(hours=1))


def test_set_forward_forty_days_a_job_runs_once_and_not_for_each_second_missed():
    now = datetime(2026, 12, 31, tzinfo=UTC)
    after = machine_clock.Interval(1).get_next_fire_time(now - timedelta(days=40), now)
    assert after == now + timedelta(seconds=1)


def test_set_back_the_heartbeat_beats_at_once(monkeypatch, store):
    beats = []
    first, second = threading.Event(), threading.Event()

    def beat(_store):
        beats.append(clock.wall())
        (first if len(beats) == 1 else second).set()

    monkeypatch.setattr(scheduled, "beat", beat)
    jobs = scheduled.Jobs(store)
    jobs.start()
    assert first.wait(5)
    assert not second.wait(0.3)
    set_back(monkeypatch)
    assert second.wait(5)
    jobs.stop()
