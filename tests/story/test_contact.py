"""首次联系: the unit speaks to the reporter, who stays unknown to it; within a day of signing."""

import pytest
from city import refused
from moving import differences, due_at, signed_hole
from sqlalchemy import update

from dispatch.domain.roles import Grant
from dispatch.store.tables import Alert

WORDS = "师傅今天下午去看，请放心。有事打 13812345678"


@pytest.fixture
def hole(city):
    hole = signed_hole(city)
    yield hole
    assert differences(city) == []


def speaks(person, hole):
    return person.takes("contact", hole, message=WORDS)


def test_signing_promises_that_the_unit_speaks_to_the_reporter_within_a_day(city, hole):
    assert due_at(hole, "contact") == "11-24 10:00"
    city.clock.advance(hours=3)
    speaks(city.department(), hole)
    assert hole.promise("contact")["outcome"] == "met"
    assert (hole.status, hole.now["version"]) == ("signed", 2)


def test_the_reporter_reads_the_words_as_the_units_and_no_number_in_them(city, hole):
    speaks(city.handler(), hole)
    line = city.volunteer().sees(hole)["timeline"][-1]
    assert line["sentence"] == "市交通运输局福田管理局 · 处置人员联系上报人"
    assert line["words"] == ["师傅今天下午去看，请放心。有事打 ＊＊＊＊＊＊＊＊＊78"]
    assert city.handler().id not in str(city.volunteer().sees(hole))


def test_a_day_without_a_word_is_late(city, hole):
    city.clock.advance(hours=25)
    assert hole.promise("contact")["card"] == "yellow"
    speaks(city.department(), hole)
    assert hole.promise("contact")["outcome"] == "missed"
    assert hole.now["card"] is None


def test_it_is_the_first_contact_once(city, hole):
    speaks(city.department(), hole)
    assert "contact" not in city.department().may(hole)
    with refused("already_contacted"):
        speaks(city.handler(), hole)


def test_who_arrives_first_has_not_spoken_and_is_not_accused(city, hole):
    city.handler().arrives(hole)
    contact = hole.promise("contact")
    assert (contact["state"], contact["outcome"]) == ("ended", None)
    speaks(city.handler(), hole)
    assert hole.promise("contact")["state"] == "ended"


def test_another_unit_speaks_for_itself(city, hole):
    speaks(city.department(), hole)
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    others = city.person("others", Grant("department_dispatcher", "CGJ"))
    others.takes("sign", hole)
    assert hole.promise("contact")["state"] == "running"
    speaks(others, hole)
    assert hole.promise("contact")["outcome"] == "met"


def test_rework_by_the_same_unit_needs_no_second_first_contact(city, hole, photo):
    speaks(city.department(), hole)
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.grid_worker().takes("verify_fail", hole, reason="又塌了", photos=["0" * 64])
    assert hole.promise("contact")["outcome"] == "met"
    assert [each["state"] for each in hole.now["promises"] if each["clock"] == "contact"] == ["met"]


def test_after_a_suspension_the_contact_that_was_made_stays_made(city, hole):
    speaks(city.department(), hole)
    plan = {"until": "2026-12-20", "plan": "到货即装", "reason": "等货"}
    city.department().takes("suspend", hole, **plan)
    city.district().takes("grant_suspension", hole)
    city.department().takes("resume", hole)
    assert hole.promise("contact")["outcome"] == "met"


@pytest.mark.both_databases
def test_an_alert_of_a_playbook_that_promised_no_contact_goes_on_without(city):
    hole = city.volunteer().reports()
    with city.store.write() as tx:
        alert = tx.session.get_one(Alert, hole.id)
        promised = dict(alert.policy["promises"])
        del promised["contact"]
        policy = {**alert.policy, "promises": promised}
        tx.session.execute(update(Alert).where(Alert.id == hole.id).values(policy=policy))
    city.department().signs(hole)
    assert "contact" not in {promise["clock"] for promise in hole.now["promises"]}
    speaks(city.department(), hole)
    assert differences(city) == []


def test_only_the_unit_and_its_handler_speak_and_only_while_they_work_on_it(city, hole):
    for other in (city.street(), city.district(), city.grid_worker()):
        with refused("forbidden_step"):
            speaks(other, hole)
    with refused("invalid") as refusal:
        city.department().takes("contact", hole)
    assert refusal.faults == {("message", "missing")}
