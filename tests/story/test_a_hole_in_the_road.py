"""A hole in the road walks through every role, and each sees what is theirs."""

import uuid

import pytest
from city import CAST, refused

from dispatch.domain.roles import Grant

pytestmark = pytest.mark.both_databases


def test_from_the_whistle_to_the_rating(city, photo):
    hole = city.volunteer().reports("E0113", text="路面塌了一个坑，有半米宽")
    assert hole.seen["lead"]["id"] == "JTJ"
    assert hole.seen["status"] == "dispatched"
    assert hole.seen["reason"]
    assert {"sign", "arrive", "dispose"} <= {promise["clock"] for promise in hole.seen["promises"]}

    city.department().signs(hole, to=city.handler())
    assert hole.status == "signed"
    city.handler().arrives(hole)
    after = city.handler().submits_with(hole, photo)
    assert after["status"] == "submitted"
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    assert hole.status == "resolved"
    city.volunteer().rates(hole)

    assert hole.status == "closed"
    assert [code for code in hole.timeline() if code in WALK] == list(WALK)


WALK = ("report", "dispatch", "sign", "arrive", "submit", "confirm", "verify_ok", "rate")


def test_the_same_report_sent_again_is_the_same_alert(city):
    hole = city.volunteer().reports()
    again = city.volunteer().sends_report(hole.id)
    assert again["number"] == hole.seen["number"]
    with refused("alert_exists"):
        city.volunteer().sends_report(hole.id, text="另外一件事，不是同一个坑")
    with refused("alert_exists"):
        city.person("neighbour").sends_report(hole.id)


def test_the_reason_is_a_sentence_without_a_word_of_the_rules_file(city):
    unsure = city.volunteer().reports("unsure", text="广告牌一吹就晃", answers={})
    city.street().sees(unsure)
    decision = unsure.now["decision"]
    told = [decision["sentence"], *(each["sentence"] for each in decision["considered"])]
    assert "“拿不准的先到街道”符合，按此派单" in told
    assert not [sentence for sentence in told if "the_street" in sentence or "None" in sentence]


def test_two_dispatchers_sign_and_the_second_is_told_who_was_first(city):
    hole = city.volunteer().reports()
    city.department().sees(hole)
    first_look = hole.version
    city.department().signs(hole)
    hole.seen["version"] = first_look
    with refused("version_conflict") as refusal:
        city.person("second", CAST["department"]).signs(hole)
    assert "签收" in refusal.problem["detail"]


def test_the_same_step_sent_again_gets_its_first_answer(city):
    hole = city.volunteer().reports()
    step = str(uuid.uuid4())
    version = hole.version
    first = city.department().takes("sign", hole, client_id=step)
    again = city.department().takes("sign", hole, client_id=step, version=version)
    assert again == first


def test_strangers_and_other_departments_learn_nothing(city):
    hole = city.volunteer().reports()
    with refused("not_signed_in"):
        city.stranger().sees(hole)
    with refused("not_found"):
        city.person("parks", Grant("department_dispatcher", "CGJ")).sees(hole)
    with refused("forbidden_step"):
        city.street().signs(hole)


def test_the_department_never_sees_who_reported(city):
    hole = city.volunteer().reports()
    for name in ("department", "supervisor", "street"):
        assert city.volunteer().id not in str(city.person(name).sees(hole))
