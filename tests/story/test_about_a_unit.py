"""A complaint about a unit, of whatever kind, reaches neither that unit nor whoever is above it."""

import pytest
from city import refused
from moving import differences
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Notice

TEN = "2026-11-23T10:00:00+08:00"


def desk(city, unit):
    role = "street_dispatcher" if unit.startswith("street") else "department_dispatcher"
    return city.person(unit, Grant(role, unit))


def told_desks(city, alert):
    with city.store.read() as session:
        rows = select(Notice.to_ref).where(Notice.alert_id == alert.id, Notice.to_kind == "desk")
        return set(session.scalars(rows))


def test_a_hole_that_the_road_people_left_goes_to_somebody_else(city):
    hole = city.volunteer().reports(about_unit="JTJ")
    assert hole.now["lead"] != "JTJ"
    with refused("not_found"):
        city.department().sees(hole)
    said = {each["field"]: each["value_label"] for each in city.street().sees(hole)["answers"]}
    assert said["about_unit"] == "市交通运输局福田管理局"


@pytest.mark.parametrize("about", ["JTJ", "JTJ-ROADS", "street-futian"])
def test_neither_the_unit_nor_those_above_it_are_told_until_it_is_red(city, about):
    city.clock.reads(TEN)
    city.supervisor()
    hole = city.volunteer().reports("E0505", answers={}, about_unit=about)
    city.clock.advance(hours=30)
    assert hole.now["card"] == "red"
    barred = {about, *city.organisation.ancestors(about)} - {"futian"}
    assert told_desks(city, hole).isdisjoint(barred)
    for unit in barred:
        with refused("not_found"):
            desk(city, unit).sees(hole)
    assert differences(city) == []


def test_what_stands_beside_the_unit_below_one_parent_is_not_asked_either(city):
    """Its parent would see and hear of all that it leads."""
    hole = city.volunteer().reports(about_unit="JTJ-ROADS")
    beside = [
        unit for unit in city.organisation.below("JTJ") if city.organisation.kind(unit) == "company"
    ]
    for unit in ["JTJ", "JTJ-ROADS", *beside]:
        with refused("invalid") as refusal:
            city.street().takes("accept", hole, lead=unit)
        assert refusal.faults == {("lead", "cannot_be_named")}


def test_the_street_that_is_complained_about_verifies_nothing(city, photo):
    hole = city.volunteer().reports(about_unit="street-futian")
    lead = desk(city, hole.now["lead"]) if hole.now["lead"] else None
    assert hole.now["street"] is None
    for somebody in (city.street(), city.grid_worker()):
        with refused("not_found"):
            somebody.sees(hole)
    assert lead is not None
    hand = city.person("hand", Grant("handler", hole.now["lead"]))
    lead.takes("sign", hole, to=hand.id)
    hand.arrives(hole)
    hand.submits_with(hole, photo)
    lead.confirms(hole)
    assert "verify_ok" in city.district().may(hole)
    city.district().verifies(hole)


@pytest.mark.both_databases
def test_a_correction_keeps_it_away_from_them(city):
    gravel = city.volunteer().reports("E0114", answers={}, about_unit="JTJ")
    assert gravel.now["lead"] == "CGJ"
    city.street().takes("correct", gravel, category="E0113", reason="是路面破损")
    assert gravel.now["lead"] != "JTJ"
    assert "JTJ" not in told_desks(city, gravel)


def test_a_place_in_the_street_that_is_complained_about_leaves_it_to_the_district(city):
    hole = city.volunteer().reports(about_unit="street-lianhua")
    assert hole.now["street"] == "street-futian"
    there = {"lon": 114.0579, "lat": 22.556, "crs": "wgs84"}
    city.street().takes("correct", hole, place=there, reason="地点在莲花")
    assert hole.now["street"] is None
    with refused("not_found"):
        desk(city, "street-lianhua").sees(hole)
    assert "correct" in city.district().may(hole)


def test_only_units_that_exist_can_be_complained_about(city):
    for unit in ("futian", "nobody", 7):
        with refused("invalid") as refusal:
            city.volunteer().reports(about_unit=unit)
        assert refusal.faults == {("about_unit", "unknown_value")}
    assert "JTJ" in city.volunteer().asks("GET", "forms")["about"]


def test_the_same_report_again_is_the_same_and_about_another_unit_is_not(city):
    hole = city.volunteer().reports(about_unit="JTJ")
    again = city.volunteer().sends_report(hole.id, about_unit="JTJ")
    assert again["number"] == hole.seen["number"]
    with refused("alert_exists"):
        city.volunteer().sends_report(hole.id, about_unit="CGJ")


@pytest.mark.both_databases
def test_whom_an_opinion_is_about_is_not_called_to_help_with_it(city, monday):
    about = {"text": "窗口态度差", "answers": {"unit": "SWJ"}}
    opinion = city.volunteer().reports("N1302", **about)
    petitions = city.person("petitions", Grant("department_dispatcher", "XFJ"))
    petitions.signs(opinion)
    call = {"mode": "required", "reason": "请说明情况"}
    for barred in ("SWJ", "street-futian"):
        with refused("invalid") as refusal:
            petitions.takes("call_support", opinion, unit=barred, **call)
        assert refusal.faults == {("unit", "cannot_be_named")}
    petitions.takes("call_support", opinion, unit="ZWJ", **call)
    promised = {each["clock"] for each in opinion.now["promises"] if each["unit"] == "ZWJ"}
    assert promised == {"sign", "dispose"}  # nobody need come
    advisers = city.person("advisers", Grant("department_dispatcher", "ZWJ"))
    advisers.takes("support_sign", opinion)
    assert advisers.may(opinion) == {"note", "snooze", "support_finish"}  # nobody to send
    advisers.takes("support_finish", opinion, done="已整改窗口排班")
    assert opinion.helping() == {"ZWJ": "finished"}
