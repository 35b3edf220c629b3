"""The ladder of a unit that helps in people's hands: put off by itself or its lead, pushed now."""

from datetime import datetime, timedelta

import pytest
from city import refused
from moving import differences

from dispatch.domain.roles import Grant

FROM_THE_POLICE = {"unit": "JJDD", "mode": "required", "reason": "封路疏导"}
LATER = {"clock": "sign", "span": "hour", "reason": "正在开会"}
# The police were called on Monday at ten; nine tenths of the time to sign are used on Tuesday.
REMINDER, AN_HOUR_LATER = "2026-11-24T15:30:00+08:00", "2026-11-24T17:00:00+08:00"


@pytest.fixture
def hole(city):
    """The road people lead and have signed; the traffic police have to come."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.department().takes("call_support", hole, **FROM_THE_POLICE)
    yield hole
    assert differences(city) == []


@pytest.fixture
def police(city):
    return city.person("police desk", Grant("department_dispatcher", "JJDD"))


@pytest.fixture
def officer(city):
    return city.person("officer", Grant("handler", "JJDD"))


def reminded(hole, code="remind"):
    """Of which clocks of the police the city reminded, or what it raised."""
    lines = [each["codes"] for each in hole.now["timeline"] if each["code"] == code]
    return [codes["clock"] for codes in lines if codes.get("support") == "JJDD"]


def test_without_a_hand_the_police_are_reminded_in_their_time(city, hole):
    city.clock.walk_to(REMINDER)
    assert reminded(hole) == ["sign"]


def test_a_support_puts_off_its_own_reminder_and_its_promise_does_not_move(city, hole, police):
    due, arrival = hole.promise_of("JJDD", "sign")["due_at"], hole.promise("arrive")["due_at"]
    police.takes("snooze", hole, **LATER)
    city.clock.walk_to(REMINDER)
    assert reminded(hole) == []
    city.clock.walk_to(AN_HOUR_LATER)
    assert reminded(hole) == ["sign"]
    assert hole.promise_of("JJDD", "sign")["due_at"] == due
    assert hole.promise("arrive")["due_at"] == arrival
    [line] = [each for each in hole.now["timeline"] if each["code"] == "snooze"]
    assert line["sentence"] == "福田交警大队 · 部门调度员推后了福田交警大队协办“签收”的下一次提醒"


def test_the_lead_that_called_it_puts_off_its_reminder_by_name(city, hole):
    city.department().takes("snooze", hole, unit="JJDD", **LATER)
    city.clock.walk_to(REMINDER)
    assert reminded(hole) == []


def test_what_a_support_puts_off_of_its_own_leaves_the_lead_s_reminder_where_it_was(
    city, hole, police
):
    police.takes("snooze", hole, **(LATER | {"clock": "arrive", "span": "half_hour"}))
    [until] = [each["codes"]["until"] for each in hole.now["timeline"] if each["code"] == "snooze"]
    city.clock.walk_to(
        f"{datetime.fromisoformat(until) - timedelta(minutes=1):%Y-%m-%dT%H:%M:%S%z}"
    )
    lines = [each["codes"] for each in hole.now["timeline"] if each["code"] == "remind"]
    assert "arrive" in [codes["clock"] for codes in lines if "support" not in codes]
    assert "arrive" not in reminded(hole)
    city.clock.advance(minutes=1)
    assert "arrive" in reminded(hole)


def test_a_support_puts_off_nobody_else_s_reminder(city, hole, police):
    fire = city.person("fire", Grant("department_dispatcher", "YJJ"))
    call = FROM_THE_POLICE | {"unit": "YJJ"}
    city.department().takes("call_support", hole, **call)
    for named in ("JTJ", "YJJ", "nobody"):
        with refused("invalid") as refusal:
            police.takes("snooze", hole, unit=named, **LATER)
        assert refusal.faults == {("unit", "does_not_help")}
    with refused("no_step_left"):  # the lead has signed, and "sign" is its own where it names none
        city.department().takes("snooze", hole, **LATER)
    with refused("invalid"):
        city.handler().takes("snooze", hole, unit="JJDD", **LATER)
    fire.takes("snooze", hole, **LATER)


def test_the_ladder_s_limit_counts_for_a_support_as_well(city, hole, police):
    police.takes("snooze", hole, **LATER)
    with refused("snooze_limit"):
        police.takes("snooze", hole, **(LATER | {"span": "four_hours"}))


def test_the_owner_pushes_a_support_now_and_the_automatic_step_does_not_follow(city, hole):
    city.department().takes("escalate", hole, clock="sign", unit="JJDD", reason="现场等人")
    assert reminded(hole) == ["sign"]
    city.clock.walk_to(AN_HOUR_LATER)
    assert reminded(hole) == ["sign"]
    [line] = [each for each in hole.now["timeline"] if each["code"] == "escalate"]
    assert line["sentence"].endswith("部门调度员立即上报催办福田交警大队协办“签收”")


def test_the_street_the_district_and_the_supervisor_push_a_support_by_name(city, hole):
    for who in (city.street(), city.district(), city.supervisor()):
        who.takes("escalate", hole, clock="sign", unit="JJDD", reason="现场等人")
    with refused("no_step_left"):
        city.street().takes("escalate", hole, clock="sign", unit="JJDD", reason="现场等人")
    assert reminded(hole) == ["sign"]
    assert reminded(hole, "notify") == ["sign", "sign"]
    assert hole.promise_of("JJDD", "sign")["card"] is None


def test_the_lead_pushes_who_helps_but_not_itself(city, hole, police):
    with refused("invalid") as refusal:
        city.department().takes("escalate", hole, clock="dispose", unit="JTJ", reason="急")
    assert refusal.faults == {("unit", "does_not_help")}
    with refused("forbidden_step"):
        police.takes("escalate", hole, clock="sign", unit="JJDD", reason="急")
    city.department().takes("escalate", hole, clock="sign", reason="急")  # the only one who helps
    assert reminded(hole) == ["sign"]


def test_who_is_only_told_or_has_gone_has_no_ladder(city, hole):
    city.department().takes("release_support", hole, unit="JJDD", reason="路已通")
    assert "escalate" not in city.department().may(hole)
    with refused("invalid"):
        city.street().takes("escalate", hole, clock="sign", unit="JJDD", reason="急")
    told = FROM_THE_POLICE | {"mode": "informed"}
    city.department().takes("call_support", hole, **told)
    with refused("invalid"):
        city.street().takes("escalate", hole, clock="sign", unit="JJDD", reason="急")


def test_the_face_offers_the_clocks_and_the_units_within_reach(city, hole, police, officer):
    assert offered(police, hole, "snooze") == ({"sign", "arrive", "dispose"}, {"JJDD"})
    assert offered(officer, hole, "snooze") == ({"sign", "arrive", "dispose"}, {"JJDD"})
    mine = {"contact", "arrive", "dispose"}
    assert offered(city.department(), hole, "snooze") == (mine | {"sign"}, {"JJDD"})
    assert offered(city.handler(), hole, "snooze") == (mine, None)
    helpers = {"sign", "arrive", "dispose"}
    assert offered(city.department(), hole, "escalate") == (helpers, {"JJDD"})
    assert offered(city.street(), hole, "escalate") == (mine | {"sign"}, {"JJDD"})
    assert "escalate" not in police.may(hole)


def offered(person, hole, step):
    """The clocks and the units that somebody may choose from; None: no such question."""
    [found] = [each for each in person.sees(hole)["steps"] if each["step"] == step]
    asked = {field["name"]: field for field in found["fields"]}
    units = asked.get("unit")
    clocks = {choice["id"] for choice in asked["clock"]["choices"]}
    return clocks, units and {choice["id"] for choice in units["choices"]}


def test_a_span_that_one_unit_has_left_is_offered_for_that_unit(city, hole, police):
    """The lead put its reminder of arriving off by almost all that its ladder allows."""
    for _ in range(3):
        city.department().takes("snooze", hole, **(LATER | {"clock": "arrive"}))
    spans = {
        choice["id"]: choice.get("only_with", {}).get("clock", {}).get("arrive")
        for choice in field_of(city.department(), hole, "span")["choices"]
    }
    assert spans == {  # four hours are too long for both
        "half_hour": None,
        "hour": {"unit": ["JJDD"]},
        "two_hours": {"unit": ["JJDD"]},
        "four_hours": None,
    }
    clocks = field_of(city.department(), hole, "clock")["choices"]
    [arrive] = [each["only"] for each in clocks if each["id"] == "arrive"]
    assert arrive == {"unit": ["", "JJDD"], "span": ["half_hour", "hour", "two_hours"]}
    two_hours = LATER | {"clock": "arrive", "span": "two_hours"}
    with refused("snooze_limit"):
        city.department().takes("snooze", hole, **two_hours)
    city.department().takes("snooze", hole, unit="JJDD", **two_hours)


def field_of(person, hole, name):
    [snooze] = [each for each in person.sees(hole)["steps"] if each["step"] == "snooze"]
    return next(each for each in snooze["fields"] if each["name"] == name)


def test_a_late_unit_is_named_where_its_leaders_are_urged(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.clock.advance(days=8)
    told = [line for line in hole.now["timeline"] if line["codes"].get("late")]
    assert {line["code"] for line in told} >= {"card", "notify"}
    for line in told:
        mine = line["codes"]["to"] == ["JTJ"]
        assert line["sentence"].startswith("“" if mine else "市交通运输局福田管理局“"), line
