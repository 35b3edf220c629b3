"""A burst costs the database statements by the batch, not by the rung."""

import pytest
from counted import counted
from sqlalchemy import select
from stage import MONDAY, City, later

from dispatch import clock
from dispatch.store.tables import Alert, LogEntry, Notice, Rung
from dispatch.sweep.sweep_promises import BATCH, sweep_promises

ALERTS = 15
MOST = 17  # statements


@pytest.fixture
def city(store):
    with clock.at(MONDAY):
        city = City(store)
        for _ in range(ALERTS):
            city.report()
        yield city


def fires(city, **delta):
    """How many rungs fire in one batch, and what it costs the database."""
    with later(**delta), counted() as said:
        fired = sweep_promises(city.store)
    return fired, said


def test_the_reminders_of_a_batch_cost_as_many_statements_as_one(city):
    assert ALERTS < BATCH
    fired, said = fires(city, days=1, hours=5, minutes=48)
    assert fired == ALERTS
    assert len(said) <= MOST, "\n".join(said)


def test_urges_and_cards_of_a_batch_cost_no_statement_each(city):
    fires(city, days=1, hours=5, minutes=48)
    city.store.forget_playbook()  # asked again in the middle, it makes nobody write early
    fired, said = fires(city, days=1, hours=8)
    assert fired == 2 * ALERTS
    assert len(said) <= MOST, "\n".join(said)


def test_what_is_written_together_is_written_for_each(city):
    fires(city, days=1, hours=8)
    with city.store.read() as session:
        told = select(Notice.alert_id).where(Notice.code == "card")
        logged = select(LogEntry.alert_id).where(LogEntry.code == "card")
        assert len(set(session.scalars(told))) == len(set(session.scalars(logged))) == ALERTS
        assert set(session.scalars(select(Alert.card))) == {"yellow"}
        urged = select(Rung.state).where(Rung.action == "urge", Rung.fired_at.is_not(None))
        assert session.scalars(urged).all() == ["fired"] * ALERTS


def test_a_notice_that_cannot_be_written_sets_its_own_rung_aside(city):
    sent_before(city, spoilt := first_reminder(city))
    fired, _ = fires(city, days=1, hours=5, minutes=48)
    assert fired == ALERTS - 1
    with city.store.read() as session:
        [failed] = session.scalars(select(Rung).where(Rung.attempts == 1))
    assert (failed.id, failed.state) == (spoilt.id, "pending")
    assert "UNIQUE" in failed.error.upper()


def first_reminder(city):
    with city.store.read() as session:
        return session.scalar(select(Rung).order_by(Rung.due_at, Rung.id).limit(1))


def sent_before(city, rung):
    """The same cause has told the same desk: nothing may tell it twice."""
    with city.store.write() as tx:
        told = {"to_kind": "desk", "to_ref": "JTJ", "code": "remind", "params": {}}
        way = {"channel": "in_app", "created_at": tx.now, "state": "sent"}
        once = {"once": f"rung:{rung.id}:desk:JTJ", "id": "0" * 32}
        tx.session.add(Notice(alert_id=rung.alert_id, **told, **way, **once))
