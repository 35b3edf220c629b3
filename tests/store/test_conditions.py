"""The database and the law mean the same by late, open, runs or stands: over rows of every kind."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
from desk import Desk
from sqlalchemy import select

from dispatch.domain.law.clock_names import (
    AWAITS_DECISION,
    CLOCKS,
    PAUSED,
    RUNNING,
    RUNNING_OR_PAUSED,
)
from dispatch.domain.law.clock_owner import owing_unit
from dispatch.domain.law.late import late
from dispatch.domain.law.statuses import OPEN, STATUSES, has_confirmed
from dispatch.domain.supports import LEAD, RULE_MODES
from dispatch.store.alerts import lead_assignment, supports_of
from dispatch.store.conditions import (
    has_late_promise,
    has_not_ended,
    helps,
    holds_role,
    is_assignment_of_helper,
    is_awaited,
    is_decided,
    is_late,
    is_open,
    is_paused,
    is_present,
    is_running,
    is_running_or_paused,
    lead_has_confirmed,
    leads,
    owed_by_helper,
    unit_that_owes,
)
from dispatch.store.tables import Alert, Assignment, Person, Promise, RoleGrant

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


def test_what_runs_what_is_paused_and_what_is_decided_is_the_same_for_the_database(store, promises):
    _, rows = promises
    for condition, holds in (
        (is_running(), lambda each: each.state == RUNNING),
        (is_paused(), lambda each: each.state == PAUSED),
        (is_decided(), lambda each: each.flag != AWAITS_DECISION),
    ):
        with store.read() as session:
            found = set(session.scalars(select(Promise.id).where(condition)))
        assert found == {each.id for each in rows.values() if holds(each)}
        assert 0 < len(found) < len(rows)


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


KINDS = (LEAD, *RULE_MODES)


@pytest.fixture
def assignments(store):
    """On an alert of every status, with a lead that has confirmed and with one that has not: by a
    lead before and by every kind of unit that helps or helped, finished or not, a promise.
    """
    desk = Desk(store)
    alerts = [desk.report(lead=None, status=status) for status in STATUSES for _ in (0, 1)]
    with store.write() as tx:
        for number, alert_id in enumerate(alerts):
            confirmed = tx.now if number % 2 else None
            rows = [_assignment(tx, alert_id, LEAD, confirmed_at=confirmed)]
            rows += [
                _assignment(tx, alert_id, kind, to_at=to_at, finished_at=at, confirmed_at=tx.now)
                for kind, to_at, at in product(KINDS, (None, tx.now), (None, tx.now))
                if kind != LEAD or to_at is not None
            ]
            tx.session.add_all(rows)
            tx.session.flush()
            tx.session.add_all(_promise_of(tx, alert_id, each.id) for each in rows)
    with store.read() as session:
        return list(session.scalars(select(Assignment))), list(session.scalars(select(Alert)))


def _assignment(tx, alert_id, kind, **when):
    made = {"id": uuid.uuid4().hex, "round": 1, "unit": uuid.uuid4().hex, "from_at": tx.now}
    return Assignment(alert_id=alert_id, kind=kind, **made, **when)


def _promise_of(tx, alert_id, assignment_id):
    return Promise(
        id=uuid.uuid4().hex,
        alert_id=alert_id,
        assignment_id=assignment_id,
        clock="sign",
        round=1,
        limit="30 minutes",
        calendar="futian",
        playbook_version=1,
        ladder="ordinary",
        started_at=tx.now,
        state=RUNNING,
    )


def of(alert, rows):
    return [each for each in rows if each.alert_id == alert.id]


def test_who_leads_and_who_helps_is_the_same_for_the_database(store, assignments):
    rows, alerts = assignments
    leading = {lead_assignment(of(alert, rows)).id for alert in alerts}
    helping = {each.id for alert in alerts for each in supports_of(of(alert, rows))}
    with store.read() as session:
        assert set(session.scalars(select(Assignment.id).where(leads()))) == leading
        assert set(session.scalars(select(Assignment.id).where(helps()))) == helping
        assert set(session.scalars(select(Assignment.id).where(is_present()))) == leading | helping
    assert leading
    assert helping
    assert len(leading | helping) < len(rows)


def test_whose_lead_has_confirmed_and_whom_it_awaits_is_the_same_for_the_database(
    store, assignments
):
    rows, alerts = assignments
    waiting = [
        alert
        for alert in alerts
        if has_confirmed(alert.status, lead_assignment(of(alert, rows)).confirmed_at)
    ]
    awaited = {
        each.id for alert in waiting for each in supports_of(of(alert, rows)) if each.is_waited_for
    }
    with store.read() as session:
        found = set(session.scalars(select(Alert.id).where(lead_has_confirmed())))
        assert found == {alert.id for alert in waiting}
        assert set(session.scalars(select(Assignment.id).where(is_awaited()))) == awaited
    assert [alert.status for alert in waiting] == ["submitted"]
    assert awaited


def test_what_a_unit_that_helps_owes_is_the_same_for_the_database(store, assignments):
    """The lead's and the alert's own promises are nobody's who helps."""
    rows, _ = assignments
    of_helpers = {each.id for each in rows if each.kind != LEAD}
    with store.read() as session:
        promises = list(session.scalars(select(Promise)))
        owed = set(session.scalars(select(Promise.id).where(owed_by_helper())))
        joined = select(Promise.id, Assignment.id).join(Assignment, is_assignment_of_helper())
        pairs = {(promise, helper) for promise, helper in session.execute(joined)}
    assert None in {each.assignment_id for each in promises}
    assert owed == {each.id for each in promises if each.assignment_id in of_helpers}
    assert pairs == {(each.id, each.assignment_id) for each in promises if each.id in owed}
    assert 0 < len(owed) < len(promises)


def test_a_role_is_held_from_its_first_moment_until_before_its_last(store):
    with store.write() as tx:
        now = tx.now
        tx.session.add(
            Person(
                id="ming",
                login_ref="ming",
                language="zh_Hans_CN",
                is_service=False,
                made_by_demo=False,
                created_at=now,
            )
        )
        tx.session.flush()
        tx.session.add_all(
            RoleGrant(person_id="ming", role="handler", unit=f"{begins}{ends}", **times)
            for begins, ends, times in _grants(now)
        )
    with store.read() as session:
        held = set(session.scalars(select(RoleGrant.unit).where(holds_role(now))))
        to_come = set(session.scalars(select(RoleGrant.unit).where(has_not_ended(now))))
    assert held == {"before-never", "before-after", "now-never", "now-after"}
    assert to_come == held | {"after-never", "after-after"}


def _grants(now):
    moments = {"before": now - HOUR, "now": now, "after": now + HOUR}
    for begins, ends in product(moments, ("never", *moments)):
        yield begins, f"-{ends}", {"from_at": moments[begins], "to_at": moments.get(ends)}
