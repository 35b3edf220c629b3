"""A step races with its own deadline: met, or carded and then late; never both."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from stage import MONDAY, City

from dispatch import clock
from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import Alert, Promise, Rung
from dispatch.sweep.sweep_promises import sweep_promises


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        yield City(store)


def test_who_signs_while_the_deadline_fires_is_in_time_or_late_never_both(city):
    outcomes = [_race(city) for _ in range(8)]
    assert set(outcomes) <= {("met", None), ("missed", "yellow")}
    assert [each for check in verify_store(city.store) for each in check.differences] == []


def test_an_alert_that_is_voided_while_a_deadline_fires_has_nothing_left_that_could_fire(city):
    outcomes = {_race(city, ("confirm_void", city.district)) for _ in range(4)}
    assert outcomes <= {("ended", None), ("missed", "yellow")}  # whoever was carded was late
    with city.store.read() as session:
        waiting = select(Rung.id).join(Promise).join(Alert)
        assert not session.scalars(waiting.where(Rung.state == "pending")).all()
    assert [each for check in verify_store(city.store) for each in check.differences] == []


def _race(city, deed=None):
    city.report()
    step, who = deed or ("sign", city.desk)
    if step == "confirm_void":
        city.step(city.street, "void", reason="误报")
    with city.store.read() as session:
        [sign] = [p for p in _promises(city, session) if p.clock == "sign"]
    start = threading.Barrier(2)

    def sweep():
        with clock.at(sign.due_at):
            start.wait()
            sweep_promises(city.store)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    with clock.at(sign.due_at):
        start.wait()
        city.step(who, step)
    sweeper.join()
    with clock.at(sign.due_at), city.store.read() as session:
        sweep_promises(city.store)
        [sign] = [p for p in _promises(city, session) if p.clock == "sign"]
        return sign.state, sign.card


def _promises(city, session):
    mine = select(Promise).where(Promise.alert_id == city.alert_id)
    return list(session.scalars(mine))


def test_who_returns_it_while_the_deadline_fires_undoes_no_breach(city):
    """The return read its clock before the deadline, and waited for the sweep to let it in."""
    city.report()
    with city.store.read() as session:
        [sign] = [p for p in _promises(city, session) if p.clock == "sign"]
    with clock.at(sign.due_at):
        sweep_promises(city.store)
    with clock.at(sign.due_at - timedelta(milliseconds=20)):
        city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
    with clock.at(sign.due_at + timedelta(days=1)):
        city.step(city.district, "rule", verdict="rejected", reason="归你们")
    with city.store.read() as session:
        signs = [p for p in _promises(city, session) if p.clock == "sign"]
    assert {(each.state, each.card) for each in signs} == {("missed", "yellow"), ("running", None)}
    assert [each for check in verify_store(city.store) for each in check.differences] == []
