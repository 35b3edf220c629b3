"""The knock: the only scheduler, that remembers nothing."""

import threading
from types import SimpleNamespace

import pytest

from dispatch.timers import knock as knocker


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
