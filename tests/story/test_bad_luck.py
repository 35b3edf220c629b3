"""Everybody at once, and everything twice: one alert, one deed, one answer."""

import json
import uuid
from collections import Counter

import pytest
from hostile import REPORT, at_once, named, puts, steps
from sqlalchemy import func, select

from dispatch.store.log_checks import chain_breaks
from dispatch.store.tables import Alert, LogEntry, Promise, TakenStep

pytestmark = pytest.mark.both_databases


def count(city, column, **where):
    with city.store.read() as session:
        return session.scalar(select(func.count()).select_from(column).filter_by(**where))


def sound(city):
    with city.store.read() as session:
        return not list(chain_breaks(session, city.store.seal.log_key))


def sign(**said):
    return {"step": "sign", "client_id": str(uuid.uuid4()), "version": 1} | said


def test_the_same_report_sent_eight_times_at_once_is_one_alert(city):
    phones, alert_id = [city.volunteer().again() for _ in range(8)], str(uuid.uuid4())
    answers = at_once(lambda place: puts(phones[place], REPORT, alert_id))
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 7}
    assert len({json.dumps(each.json, sort_keys=True) for each in answers}) == 1
    assert count(city, Alert) == 1
    assert count(city, LogEntry, alert_id=alert_id, code="report") == 1
    units = {each["clock"] for each in answers[0].json["promises"]}
    assert units == {"sign", "arrive", "dispose"}
    assert count(city, Promise, alert_id=alert_id) == len(units) + 1  # and the date told
    assert sound(city)


def test_two_reports_under_one_id_at_once_are_one_alert_and_a_refusal(city):
    phones, alert_id = [city.volunteer().again() for _ in range(8)], str(uuid.uuid4())
    answers = at_once(
        lambda place: puts(phones[place], REPORT | {"text": f"路上有坑 {place % 2}"}, alert_id)
    )
    codes = Counter(each.status_code for each in answers)
    assert codes == {201: 1, 200: 3, 409: 4}
    assert count(city, Alert) == 1


def test_eight_different_reports_at_once_are_numbered_without_a_gap(city):
    phones = [city.volunteer().again() for _ in range(8)]
    answers = at_once(lambda place: puts(phones[place], REPORT))
    serials = sorted(each.json["number"].split("-")[2] for each in answers)
    assert serials == [f"{serial:05}" for serial in range(1, 9)]
    assert sound(city)


def test_the_same_step_sent_eight_times_at_once_is_taken_once(city):
    alert, step = city.volunteer().reports(), sign()
    desks = [city.department().again() for _ in range(8)]
    answers = at_once(lambda place: steps(desks[place], alert.id, step))
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 7}
    assert len({json.dumps(each.json, sort_keys=True) for each in answers}) == 1
    note = {"step": "note", "client_id": str(uuid.uuid4()), "note": "已电话联系"}
    answers = at_once(lambda place: steps(desks[place], alert.id, note))
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 7}
    assert alert.timeline().count("sign") == alert.timeline().count("note") == 1
    assert sound(city)


def test_eight_people_sign_at_the_same_moment_and_one_did(city):
    alert = city.volunteer().reports()
    desks = [city.department().again() for _ in range(8)]
    answers = at_once(lambda place: steps(desks[place], alert.id, sign()))
    assert Counter(each.status_code for each in answers) == {201: 1, 409: 7}
    assert {named(each) for each in answers if each.status_code != 201} == {"version_conflict"}
    assert alert.timeline().count("sign") == 1
    assert count(city, TakenStep) == 1


def test_one_id_for_steps_on_two_alerts_at_once_is_one_step(city):
    alerts, client_id = [city.volunteer().reports() for _ in range(2)], str(uuid.uuid4())
    desks = [city.department().again() for _ in range(8)]
    answers = at_once(
        lambda place: steps(desks[place], alerts[place % 2].id, sign(client_id=client_id))
    )
    assert Counter(each.status_code for each in answers) == {201: 1, 200: 3, 409: 4}
    assert sorted(alert.status for alert in alerts) == ["dispatched", "signed"]


def test_a_step_queued_behind_somebody_elses_is_a_conflict(city):
    alert, theirs = city.volunteer().reports(), sign()
    assert steps(city.department(), alert.id, theirs).status_code == 201
    queued = {"step": "arrive", "client_id": str(uuid.uuid4()), "after": theirs["client_id"]}
    spot = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 10}
    answer = steps(city.handler(), alert.id, queued | {"position": spot})
    assert named(answer) == "version_conflict"
    unknown = queued | {"position": spot, "after": str(uuid.uuid4())}
    assert named(steps(city.handler(), alert.id, unknown)) == "version_conflict"


def test_a_step_under_a_used_id_is_refused(city):
    alert, step = city.volunteer().reports(), sign()
    assert steps(city.department(), alert.id, step).status_code == 201
    assert named(steps(city.department(), alert.id, step | {"note": "anders"})) == "step_exists"
    assert named(steps(city.street(), alert.id, step)) == "step_exists"
    assert named(steps(city.person("neighbour"), alert.id, step)) == "not_found"
