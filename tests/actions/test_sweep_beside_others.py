"""The sweep beside others: nobody at work is disturbed, a locked database is no rung's fault."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from stage import MONDAY, City, later

from dispatch import clock
from dispatch.actions import rung_effects
from dispatch.actions.sweep_promises import sweep_promises
from dispatch.store.tables import Alert, Rung

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
