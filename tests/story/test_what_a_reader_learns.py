"""What each reader of an alert learns, and what nobody does: who reported it."""

import hashlib
import json

import pytest
from city import refused
from correcting import WHY, corrects
from hostile import named, sends
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Alert, LogDetail, LogEntry

HOME = "N0201"  # unpaid wages: about somebody's livelihood
STAFF = ("grid_worker", "street", "department", "handler", "district", "supervisor")


def whole_life(city, reporter, photo):
    """Reported, signed, arrived, submitted, confirmed and verified."""
    alert = reporter.reports()
    handler = city.handler()
    city.department().signs(alert, to=handler)
    handler.arrives(alert)
    handler.submits_with(alert, photo)
    city.department().confirms(alert)
    city.grid_worker().verifies(alert)
    return alert


def read_by(person, alert):
    """Every JSON in which this person can read of the alert."""
    paths = (f"alerts/{alert.id}", f"alerts/{alert.seen['number']}", "alerts", "tasks", "board")
    return "".join(sends(person, "GET", f"/api/v1/{path}").get_data(as_text=True) for path in paths)


def test_nobody_reads_the_reporters_id_or_mark(city, photo):
    alert = whole_life(city, city.volunteer(), photo)
    with city.store.read() as session:
        mark = session.get(Alert, alert.id).reporter_ref
        marks = session.scalars(select(LogEntry.mark).where(LogEntry.mark.is_not(None))).all()
    for name in (*STAFF, "volunteer"):
        told = read_by(city.person(name), alert)
        assert alert.id in told
        assert city.volunteer().id not in told, name
        assert not [each for each in (mark, *marks) if each in told], name
        assert "_ref" not in told, name


def test_a_grid_worker_who_reports_is_told_of_as_any_volunteer(city):
    reporter = city.person("other grid worker", Grant("grid_worker", "street-futian"))
    alert = reporter.reports()
    first = city.department().sees(alert)["timeline"][0]
    assert (first["code"], first["role"], first["unit"]) == ("report", "volunteer", None)
    assert first["unit_label"] is None
    assert "网格员" not in json.dumps(first, ensure_ascii=False)


def test_the_reporter_reads_roles_and_units_but_no_ids_of_staff(city, photo):
    alert = whole_life(city, city.volunteer(), photo)
    told = read_by(city.volunteer(), alert) + json.dumps(city.volunteer().rates(alert))
    for name in STAFF:
        assert city.person(name).id not in told, name
    assert city.handler().id in read_by(city.department(), alert)


@pytest.mark.parametrize("name", ["grid_worker", "district", "supervisor"])
def test_words_and_pictures_of_a_home_are_for_those_who_act(city, photo, name):
    digest = hashlib.sha256(photo).hexdigest()
    said = {"text": "老板三个月没发工资，住在 3 栋 201", "answers": {}, "photos": [digest]}
    alert = city.volunteer().reports(HOME, **said)
    city.volunteer().sends_photo(alert, photo)
    picture = f"/api/v1/alerts/{alert.id}/photos/{digest}"
    lead = city.person("lead", Grant("department_dispatcher", alert.seen["lead"]["id"]))
    assert lead.sees(alert)["text"] == said["text"]
    assert sends(lead, "GET", picture).status_code == 200
    reader = city.person(name)
    seen = reader.sees(alert)
    assert (seen["text"], seen["answers"], seen["photos"]) == (None, [], [])
    assert "工资，住在" not in json.dumps(seen, ensure_ascii=False)
    for each in (picture, f"{picture}/thumb"):
        assert named(sends(reader, "GET", each)) == "not_found"


@pytest.mark.parametrize("name", ["grid_worker", "district", "supervisor"])
def test_what_a_unit_tells_a_home_is_for_the_same_eyes(city, name):
    said = {"text": "老板三个月没发工资，住在 3 栋 201", "answers": {}}
    alert = city.volunteer().reports(HOME, **said)
    lead = city.person("lead", Grant("department_dispatcher", alert.seen["lead"]["id"]))
    lead.signs(alert)
    lead.takes("contact", alert, message="明天去 3 栋 201 找您")
    lead.takes("note", alert, note="已约双方")
    for reader in (lead, city.street(), city.volunteer()):
        assert "明天去" in json.dumps(reader.sees(alert), ensure_ascii=False)
    seen = json.dumps(city.person(name).sees(alert), ensure_ascii=False)
    assert "明天去" not in seen
    assert "已约双方" in seen


def test_numbers_of_people_are_masked_wherever_they_are_written(city):
    phone, card = "13800138000", "6222 0212 3456 7890 123"
    alert = city.volunteer().reports(text=f"找我 {phone}，+86{phone}")
    city.street().takes("note", alert, note=f"联系人 138-0013-8000，卡 {card}")
    city.department().takes("return", alert, reason=phone, clause=phone, proposed="CGJ")
    told = read_by(city.supervisor(), alert) + read_by(city.street(), alert)
    for number in (phone, "138-0013-8000", card, "0013"):
        assert number not in told
    with city.store.read() as session:
        bodies = str(session.scalars(select(LogDetail.body)).all())
    assert phone not in bodies


def test_a_stranger_hears_the_same_of_every_door_of_an_alert(city, photo):
    digest = hashlib.sha256(photo).hexdigest()
    alert = city.volunteer().reports(photos=[digest])
    city.volunteer().sends_photo(alert, photo)
    stranger = city.person("stranger", Grant("department_dispatcher", "CGJ"))
    body = {"step": "sign", "client_id": "0" * 8 + "-0000-0000-0000-" + "0" * 12, "version": 1}
    doors = [
        ("GET", "", {}),
        ("GET", f"/photos/{digest}", {}),
        ("GET", f"/photos/{digest}/thumb", {}),
        ("PUT", f"/photos/{digest}", {"data": photo}),
        ("POST", "/steps", {"json": body}),
    ]
    for method, door, sent in doors:
        answers = [
            sends(stranger, method, f"/api/v1/alerts/{which}{door}", **sent)
            for which in (alert.id, "1" * 8 + "-1111-1111-1111-" + "1" * 12)
        ]
        assert [named(each) for each in answers] == ["not_found", "not_found"], door
        assert answers[0].data == answers[1].data
        nobody = sends(city.stranger(), method, f"/api/v1/alerts/{alert.id}{door}", **sent)
        assert named(nobody) == "not_signed_in"


def kinds_offered(person, alert):
    steps = {each["step"]: each for each in person.sees(alert)["steps"]}
    [kind] = [field for field in steps["correct"]["fields"] if field["name"] == "category"]
    return {each["id"] for each in kind["choices"]}


def test_the_district_opens_no_home_to_itself_by_another_kind(city):
    wages = city.volunteer().reports(HOME, answers={}, text="包工头两个月没有发工资")
    with refused("home_not_opened") as refusal:
        city.district().takes("correct", wages, category="E0113", **WHY)
    assert "请联系所在街道更正" in refusal.problem["detail"]
    of_district = kinds_offered(city.district(), wages)
    assert {"N0203"} <= of_district < kinds_offered(city.street(), wages) - {"E0113"}
    city.district().takes("correct", wages, category="N0203", **WHY)
    assert city.district().sees(wages)["text"] is None
    corrects(city, wages, category="E0113")
    assert city.district().sees(wages)["text"]
