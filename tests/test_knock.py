"""The knock: the only scheduler, that remembers nothing."""

import threading

from dispatch.timers import knock as knocker


def test_it_knocks_again_and_again_until_it_is_stopped(monkeypatch):
    knocks = []
    thrice = threading.Event()

    def count(store):
        knocks.append(store)
        if len(knocks) == 3:
            thrice.set()

    monkeypatch.setattr(knocker, "knock", count)
    scheduler = knocker.start_knocking("the store", 0.05)
    assert thrice.wait(5)
    knocker.stop_knocking(scheduler)
    heard = len(knocks)
    assert set(knocks) == {"the store"}
    assert not scheduler.running
    assert len(knocks) == heard


def test_a_knock_that_fails_does_not_end_the_knocking(monkeypatch):
    knocks = []
    again = threading.Event()

    def fail(store):
        knocks.append(store)
        if len(knocks) == 2:
            again.set()
        raise RuntimeError("the database is locked")

    monkeypatch.setattr(knocker, "knock", fail)
    scheduler = knocker.start_knocking("the store", 0.05)
    assert again.wait(5)
    knocker.stop_knocking(scheduler)


def test_one_late_knock_is_enough_and_never_dropped():
    scheduler = knocker.start_knocking("the store", 3600)
    [job] = scheduler.get_jobs()
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    knocker.stop_knocking(scheduler)
