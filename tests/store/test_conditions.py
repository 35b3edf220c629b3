"""The database and the law mean the same by late, open, runs or stands: over rows of every kind."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
from desk import Desk
from sqlalchemy import select

from dispatch.domain.law.clock_names import CLOCKS, RUNNING_OR_PAUSED
from dispatch.domain.law.clock_owner import owing_unit
from dispatch.domain.law.late import late
from dispatch.domain.law.statuses import OPEN, STATUSES
from dispatch.store.conditions import (
    has_late_promise,
    is_late,
    is_open,
    is_running_or_paused,
    unit_that_owes,
)
from dispatch.store.tables import Alert, Promise

STATES = ("running", "paused", "met", "missed", "ended", "pending")
FLAGS = (None, "pending", "calendar_ends", "ladder_ends")
HOUR = timedelta(hours=1)
MOMENTS = (None, -HOUR, timedelta(), HOUR)


@pytest.fixture
def promises(store):
    """One promise of every state, flag, clock, due time and end there can be, by its id."""
    desk = Desk(store)
    alert_id, now = desk.report(), None
    with store.write() as tx:
        now = tx.now
        tx.session.execute(Promise.__table__.delete())
        for state, flag, clock, due, stopped in product(
            STATES, FLAGS, ("sign", "rate"), MOMENTS, MOMENTS
        ):
            tx.session.add(
                Promise(
                    id=uuid.uuid4().hex,
                    alert_id=alert_id,
                    clock=clock,
                    round=1,
                    limit="30 minutes",
                    calendar="futian",
                    playbook_version=1,
                    ladder="ordinary",
                    started_at=now - 2 * HOUR,
                    due_at=None if due is None else now + due,
                    stopped_at=None if stopped is None else now + stopped,
                    state=state,
                    flag=flag,
                )
            )
    with store.read() as session:
        return now, {each.id: each for each in session.scalars(select(Promise))}


def test_what_is_late_is_late_for_the_database_too(store, promises):
    now, rows = promises
    with store.read() as session:
        found = set(session.scalars(select(Promise.id).where(is_late(now))))
    expected = {
        each.id
        for each in rows.values()
        if late(
            clock=each.clock,
            state=each.state,
            due_at=each.due_at,
            now=now,
            flag=each.flag,
            stopped_at=each.stopped_at,
        )
    }
    assert found == expected
    assert 0 < len(expected) < len(rows) / 2


def test_what_runs_or_stands_still_counts(store, promises):
    _, rows = promises
    with store.read() as session:
        found = set(session.scalars(select(Promise.id).where(is_running_or_paused())))
    assert found == {each.id for each in rows.values() if each.state in RUNNING_OR_PAUSED}


def test_an_alert_is_late_by_any_of_its_promises(store):
    desk = Desk(store)
    late_one, other = desk.report(), desk.report()
    with store.write() as tx:
        now = tx.now + HOUR
        for promise in tx.session.scalars(select(Promise).where(Promise.alert_id == other)):
            promise.due_at = now + HOUR
    with store.read() as session:
        assert list(session.scalars(select(Alert.id).where(has_late_promise(now)))) == [late_one]


def test_open_means_the_same_in_every_status(store):
    desk = Desk(store)
    ids = {desk.report(status=status): status for status in STATUSES}
    with store.read() as session:
        found = set(session.scalars(select(Alert.id).where(is_open())))
    assert {ids[each] for each in found} == OPEN
    assert "rate" in CLOCKS


@pytest.mark.parametrize("unit", [None, "SWJ"])
@pytest.mark.parametrize(("lead", "street"), [("JTJ", "s"), (None, "s"), (None, None)])
def test_who_owes_a_clock_is_the_same_for_the_database(store, unit, lead, street):
    desk = Desk(store)
    alert_id = desk.report()
    with store.write() as tx:
        alert = tx.session.get_one(Alert, alert_id)
        alert.lead, alert.street = lead, street
        rows = tx.session.scalars(select(Promise).where(Promise.alert_id == alert_id)).all()
        for promise in rows:
            promise.unit = unit
    clocks = {promise.clock for promise in rows}
    with store.read() as session:
        joined = select(Promise.clock, unit_that_owes("futian")).join(
            Alert, Alert.id == Promise.alert_id
        )
        found = dict(session.execute(joined).all())
    assert found == {clock: owing_unit(clock, unit, lead, street, "futian") for clock in clocks}
    assert found["sign"] == (unit or "futian")
