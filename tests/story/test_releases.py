"""Who did not call a unit asks whoever did to let it go; silence keeps it."""

import pytest
from city import refused

from dispatch.domain.roles import Grant
from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import Notice

CLEAR = {"unit": "JJDD", "reason": "路已清开，不用封路了"}
SWEEP = {"unit": "CGJ", "mode": "required", "reason": "清扫"}


@pytest.fixture
def collapse(city):
    """The rules called the traffic police; the road people, who lead, called the sweepers."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    collapse = city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})
    city.department().signs(collapse, to=city.handler())
    city.department().takes("call_support", collapse, **SWEEP)
    yield collapse
    assert [one for check in verify_store(city.store) for one in check.differences] == []


def notices(city, code):
    """The desks that were told this, in order."""
    with city.store.read() as session:
        found = session.query(Notice).filter_by(code=code)
        return [each.to_ref for each in found.order_by(Notice.created_at, Notice.id)]


def test_a_support_is_released_by_whoever_called_it(city, collapse):
    """What the rules called, the street; what the lead called, the lead; the first response of a
    danger, the district.
    """
    for person, called, foreign in (
        (city.department(), {"CGJ"}, "JJDD"),
        (city.street(), {"JJDD", "ZJJ", "SWJ", "YJJ"}, "CGJ"),
        (city.district(), {"street-futian"}, "JJDD"),
    ):
        assert units_to_release(person, collapse) == called
        with refused("called_by_another") as refusal:
            person.takes("release_support", collapse, unit=foreign, reason="不用来了")
        assert "街道" in refusal.problem["detail"]
    city.street().takes("release_support", collapse, unit="JJDD", reason="已用围挡封好")
    city.street().takes("reassign", collapse, lead="ZJJ", reason="属住建")
    works = city.person("works", Grant("department_dispatcher", "ZJJ"))
    works.signs(collapse)
    works.takes("release_support", collapse, unit="CGJ", reason="已清完")
    assert {"JJDD", "CGJ"}.isdisjoint(collapse.helping())


def units_to_release(person, alert):
    """Those that this person is offered to release."""
    [step] = [one for one in person.sees(alert)["steps"] if one["step"] == "release_support"]
    [unit] = [one for one in step["fields"] if one["name"] == "unit"]
    return {each["id"] for each in unit["choices"]}


def test_what_a_joint_ruling_called_is_released_by_the_district(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    wrong = {"reason": "属排水", "proposed": "SWJ", "clause": "第 3 条"}
    city.department().takes("return", hole, **wrong)
    city.district().takes("rule", hole, verdict="joint", lead="SWJ", reason="一起办")
    city.department().signs(hole)
    for person in (city.department(), city.street()):
        assert "release_support" not in person.may(hole)
        with refused("called_by_another"):
            person.takes("release_support", hole, unit="SWJ", reason="不用来了")
    city.district().takes("release_support", hole, unit="SWJ", reason="查明与排水无关")
    assert hole.helping() == {}


def test_the_lead_asks_the_street_which_agrees(city, collapse):
    lead, street = city.department(), city.street()
    assert "agree_release" not in street.may(collapse)
    lead.takes("ask_release", collapse, **CLEAR)
    assert notices(city, "to_release") == ["street-futian"]
    assert collapse.helping()["JJDD"] == "to_sign"
    [waiting] = street.sees(collapse)["requests"]
    assert (waiting["kind"], waiting["unit"]) == ("ask_release", "JTJ")
    assert waiting["decided_by"] == ["agree_release", "refuse_release"]
    assert waiting["words"] == ["路已清开，不用封路了"]
    assert "福田交警大队" in waiting["sentence"]
    assert "11月23日10:30前答复" in waiting["sentence"]
    with refused("called_by_another"):
        lead.takes("agree_release", collapse)
    with refused("release_asked"):
        lead.takes("ask_release", collapse, **CLEAR)
    street.takes("agree_release", collapse)
    assert "JJDD" not in collapse.helping()
    assert notices(city, "release_agreed") == ["JTJ"]
    assert notices(city, "support_released") == ["JJDD"]
    assert collapse.now["requests"] == []
    with refused("nothing_asked"):
        street.takes("agree_release", collapse)
    assert collapse.now["timeline"][-1]["sentence"] == "福田街道分拨员同意解除福田交警大队的协办"


def test_the_street_asks_the_lead_which_refuses(city, collapse):
    lead, street = city.department(), city.street()
    street.takes("ask_release", collapse, unit="CGJ", reason="街道自己清")
    card = next(each for each in lead.asks("GET", "board")["cards"] if each["id"] == collapse.id)
    assert card["asked"] == ["ask_release"]
    with refused("called_by_another"):
        street.takes("refuse_release", collapse, reason="要")
    lead.takes("refuse_release", collapse, reason="街道的车进不去")
    assert notices(city, "release_refused") == ["street-futian"]
    assert collapse.helping()["CGJ"] == "to_sign"
    street.takes("ask_release", collapse, unit="CGJ", reason="车进得去了")
    assert "agree_release" in lead.may(collapse)


def test_silence_keeps_the_support_and_whoever_asked_is_told(city, collapse):
    city.department().takes("ask_release", collapse, **CLEAR)
    city.clock.walk_to("2026-11-23T10:29:00+08:00")
    assert [each["kind"] for each in collapse.now["requests"]] == ["ask_release"]
    city.clock.walk_to("2026-11-23T10:30:00+08:00")
    assert collapse.now["requests"] == []
    assert collapse.helping()["JJDD"] == "to_sign"
    assert notices(city, "release_unanswered") == ["JTJ"]
    assert collapse.timeline().count("release_unanswered") == 1
    with refused("nothing_asked"):
        city.street().takes("agree_release", collapse)
    city.department().takes("ask_release", collapse, **CLEAR)


def test_the_hours_of_whoever_answers_are_counted(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole)
    city.street().takes("call_support", hole, **SWEEP)
    city.clock.walk_to("2026-11-23T17:00:00+08:00")
    city.department().takes("ask_release", hole, unit="CGJ", reason="自己清")
    [waiting] = city.street().sees(hole)["requests"]
    assert "11月24日10:00前答复" in waiting["sentence"]


def test_where_life_is_in_danger_it_is_answered_in_minutes_also_at_night(city, collapse):
    city.clock.walk_to("2026-11-28T23:00:00+08:00")  # a Saturday
    city.department().takes("ask_release", collapse, **CLEAR)
    [waiting] = city.street().sees(collapse)["requests"]
    assert "11月28日23:30前答复" in waiting["sentence"]


def test_whoever_was_only_told_or_has_finished_is_not_asked_to_be_released(city, collapse):
    assert set(collapse.helping().values()) == {"to_sign", "informed"}
    for person, wanted in ((city.department(), "JJDD"), (city.district(), "CGJ")):
        [step] = [each for each in person.sees(collapse)["steps"] if each["step"] == "ask_release"]
        [unit] = [each for each in step["fields"] if each["name"] == "unit"]
        offered = {each["id"] for each in unit["choices"]}
        told = {unit for unit, state in collapse.helping().items() if state == "informed"}
        assert wanted in offered
        assert offered.isdisjoint(told)
    can_release = units_to_release(city.district(), collapse)
    assert can_release.isdisjoint(offered), "one or the other of a unit"
    with refused("invalid") as refusal:
        city.department().takes("ask_release", collapse, unit="YJJ", reason="不用来了")
    assert refusal.faults == {("unit", "does_not_help")}


def test_after_an_outage_of_a_day_silence_is_told_once(city, collapse):
    city.department().takes("ask_release", collapse, **CLEAR)
    city.clock.jump(days=1)
    city.clock.advance(hours=1)
    assert notices(city, "release_unanswered") == ["JTJ"]


@pytest.mark.parametrize("way", ["finished", "released", "moved"])
def test_a_question_that_has_lost_its_meaning_waits_no_more(city, collapse, way):
    city.department().takes("ask_release", collapse, **CLEAR)
    if way == "finished":
        police = city.person("police desk", Grant("department_dispatcher", "JJDD"))
        officer = city.person("officer", Grant("handler", "JJDD"))
        police.takes("support_sign", collapse, to=officer.id)
        here = {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"}
        officer.takes("support_arrive", collapse, position=here)
        officer.takes("support_finish", collapse, done="已封路")
    if way == "released":
        city.street().takes("release_support", collapse, **CLEAR)
    if way == "moved":
        city.district().takes("reassign", collapse, lead="ZJJ", reason="属住建")
    assert collapse.now["requests"] == []
    city.clock.advance(days=1)
    assert notices(city, "release_unanswered") == []


@pytest.mark.both_databases
def test_the_last_one_that_is_waited_for_lets_the_alert_go_on(city, photo):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.street().takes("call_support", hole, **SWEEP)
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.department().takes("ask_release", hole, unit="CGJ", reason="已扫完")
    city.street().takes("agree_release", hole)
    assert hole.status == "verifying"
    assert notices(city, "to_verify") == ["street-futian"]


def test_what_one_called_oneself_is_released_and_not_asked_for(city, collapse):
    with refused("invalid") as refusal:
        city.street().takes("ask_release", collapse, **CLEAR)
    assert refusal.faults == {("unit", "called_here")}
    assert city.volunteer().sees(collapse)["requests"] == []


def test_the_reporter_reads_nothing_of_who_asked(city, collapse):
    city.department().takes("ask_release", collapse, **CLEAR)
    city.street().takes("refuse_release", collapse, reason="还要封")
    seen = city.volunteer().sees(collapse)
    assert seen["requests"] == []
    assert not [one for one in seen["timeline"] if "release" in one["code"]]
