"""What a step asks for beyond its role: words, photos, a place, a time."""

import pytest
from city import CIVIC_CENTRE, refused

from dispatch.domain.roles import Grant
from dispatch.installation.people.grant_role import grant_role

ASK = {"reason": "不归本单位", "clause": "职责清单第 7 条", "proposed": "CGJ"}
NEXT_STREET = (114.02, 22.545)


@pytest.fixture
def monday(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")


def test_who_has_signed_returns_it_with_what_was_found_there(city, monday):
    hole = city.volunteer().reports()
    city.department().signs(hole)
    with refused("invalid") as refusal:
        city.department().takes("return", hole, **ASK)
    assert refusal.faults == {("finding", "missing")}
    city.department().takes("return", hole, finding="现场是园林管养的树池", **ASK)
    assert hole.status == "returned"


def test_who_has_signed_returns_it_within_one_working_day(city, monday):
    first, second = city.volunteer().reports(), city.volunteer().reports()
    city.department().signs(first)
    city.department().signs(second)
    city.clock.walk_to("2026-11-24T17:59:00+08:00")  # the next working day closes at 18:00
    city.department().takes("return", first, finding="不在辖区道路上", **ASK)
    city.clock.advance(minutes=2)
    with refused("return_too_late"):
        city.department().takes("return", second, finding="不在辖区道路上", **ASK)


def test_a_poor_grade_says_why(city, photo):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    with refused("invalid") as refusal:
        city.grid_worker().takes("verify_ok", hole, grade="poor")
    assert refusal.faults == {("reason", "missing")}
    city.grid_worker().takes("verify_ok", hole, grade="poor", reason="拖了三天才来")
    assert hole.status == "resolved"


def test_a_vague_position_counts_inside_the_grid_and_nowhere_else(city):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    with refused("photo_missing"):
        city.handler().takes("arrive", hole, position=_vague(NEXT_STREET))
    with refused("photo_missing"):
        city.handler().takes("arrive", hole)
    city.handler().takes("arrive", hole, position=_vague(CIVIC_CENTRE))
    assert hole.status == "on_site"


def _vague(at):
    return {"lon": at[0], "lat": at[1], "accuracy_m": 900, "crs": "wgs84"}


def test_whoever_returned_it_does_not_rule_on_that(city):
    hole = city.volunteer().reports()
    both = city.person("both", Grant("department_dispatcher", "JTJ"))
    grant_role(city.store, both.id, Grant("district_dispatcher", "futian"), city.organisation)
    both.takes("return", hole, reason="不归本单位", proposed="CGJ", clause="第 7 条")
    assert "rule" not in both.may(hole)
    with refused("own_request"):
        both.takes("rule", hole, verdict="upheld", lead="CGJ", reason="归城管")
    assert "rule" in city.district().may(hole)
    city.district().takes("rule", hole, verdict="rejected", reason="归交通")


@pytest.mark.parametrize(
    ("verdict", "lead", "fault"),
    [
        ("upheld", "JTJ", "leads_already"),
        ("joint", "JTJ", "leads_already"),
        ("upheld", "nobody", "cannot_be_named"),
        ("joint", "nobody", "cannot_be_named"),
        ("rejected", "nobody", "cannot_be_named"),
    ],
)
def test_a_ruling_names_another_unit_that_exists(city, verdict, lead, fault):
    hole = city.volunteer().reports()
    city.department().takes("return", hole, reason="不归本单位", proposed="CGJ", clause="第 7 条")
    with refused("invalid") as refusal:
        city.district().takes("rule", hole, verdict=verdict, lead=lead, reason="依职责清单")
    assert refusal.faults == {("lead", fault)}
    assert hole.status == "returned"


def test_the_form_of_a_ruling_offers_others_and_asks_for_none_where_it_goes_back(city):
    hole = city.volunteer().reports()
    city.department().takes("return", hole, reason="不归本单位", proposed="CGJ", clause="第 7 条")
    [rule] = [each for each in city.district().sees(hole)["steps"] if each["step"] == "rule"]
    asked = {field["name"]: field["choices"] for field in rule["fields"]}
    units = {choice["id"] for choice in asked["lead"]}
    assert "JTJ" not in units
    assert "CGJ" in units
    only = {choice["id"]: choice.get("only") for choice in asked["verdict"]}
    assert only == {"upheld": None, "rejected": {"lead": [""]}, "joint": None}


def test_a_unit_returns_it_to_another_and_is_offered_no_other_way(city):
    """Also where the rules had proposed the unit that holds it now."""
    unsure = city.volunteer().reports("unsure", answers={})
    city.street().accepts(unsure, lead="JTJ")
    [proposed] = [
        field
        for step in city.department().sees(unsure)["steps"]
        for field in step["fields"]
        if (step["step"], field["name"]) == ("return", "proposed")
    ]
    assert proposed["proposed"] != "JTJ"
    assert "JTJ" not in {choice["id"] for choice in proposed["choices"]}
    with refused("invalid") as refusal:
        city.department().takes("return", unsure, **(ASK | {"proposed": "JTJ"}))
    assert refusal.faults == {("proposed", "leads_already")}
    city.department().takes("return", unsure, **ASK)
