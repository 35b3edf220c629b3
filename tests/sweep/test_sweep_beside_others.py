"""The sweep beside others: nobody at work is disturbed, a locked database is no rung's fault."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from stage import MONDAY, City, later

from dispatch import clock
from dispatch.store.tables import Alert, LogEntry, Promise, Rung
from dispatch.sweep import rung_effects
from dispatch.sweep import sweep_promises as sweeping
from dispatch.sweep.sweep_promises import ATTEMPTS, RungFailedError, _set_aside, sweep_promises

TEA_TIME = {"days": 1, "hours": 5, "minutes": 48}


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = City(store)
        city.report()
        yield city


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_alert_in_somebody_s_hands_is_passed_over_and_fires_after(city):
    held = city.alert_id
    city.report()
    with city.store.write() as theirs:
        theirs.session.scalar(select(Alert).where(Alert.id == held).with_for_update())
        with later(**TEA_TIME):
            assert sweep_promises(city.store) == 1
            assert fired(city) == [city.alert_id]
    with later(**TEA_TIME):
        assert sweep_promises(city.store) == 1
    assert set(fired(city)) == {held, city.alert_id}


def fired(city):
    with city.store.read() as session:
        return list(session.scalars(select(Rung.alert_id).where(Rung.state == "fired")))


def test_a_locked_database_is_nobody_s_fault_in_the_batch(city, monkeypatch):
    def locked(_situation):
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    with monkeypatch.context() as shut:
        shut.setattr(rung_effects, "EFFECTS", dict.fromkeys(rung_effects.EFFECTS, locked))
        with later(**TEA_TIME), pytest.raises(OperationalError):
            sweep_promises(city.store)
    with city.store.read() as session:
        assert set(session.scalars(select(Rung.attempts))) == {0}
    with later(**TEA_TIME):
        assert sweep_promises(city.store) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_servers_whose_clocks_differ_fire_by_the_database_s_clock(store, monkeypatch):
    with clock.at(MONDAY):
        City(store).report()
    with store.write() as tx:
        tx.session.execute(update(Rung).values(due_at=clock.wall() + timedelta(minutes=30)))
    real = clock.wall()
    monkeypatch.setattr(clock, "wall", lambda: real + timedelta(hours=1))
    assert sweep_promises(store) == 0


def test_what_waited_longest_fires_first_and_no_commit_takes_more_than_a_batch(city, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    for days in (3, 2, 1):
        with later(days=days):
            city.report()
    commits: list[None] = []
    city.store.on_commit(lambda: commits.append(None))
    with later(days=10):
        sweep_promises(city.store)
    told = told_of(city, "notify")
    signing = [row["due_at"] for row in told if row["clock"] == "sign"]
    assert signing == sorted(signing)
    assert len(set(signing)) == 4
    assert len(told) / 2 <= len(commits)


def test_a_rung_that_somebody_stopped_while_it_failed_is_not_set_aside(city):
    """Its fifth failure is written down after the signature that cancelled it."""
    with city.store.read() as session:
        rung = session.scalar(select(Rung).join(Promise).where(Promise.clock == "sign").limit(1))
    with city.store.write() as tx:
        tx.session.execute(update(Rung).where(Rung.id == rung.id).values(attempts=ATTEMPTS - 1))
    city.step(city.desk, "sign")
    _set_aside(city.store, RungFailedError(rung.id))
    with city.store.read() as session:
        assert session.get_one(Rung, rung.id).state == "cancelled"
    assert told_of(city, "rung_failed") == []


def told_of(city, code):
    with city.store.read() as session:
        rows = select(LogEntry.codes).where(LogEntry.code == code).order_by(LogEntry.seq)
        return list(session.scalars(rows))
