"""Whoever disposed never verifies: also where the street only came to help."""

from contextlib import suppress

import pytest
from city import CIVIC_CENTRE, RefusedByCity, refused
from moving import differences, told

from dispatch.domain.roles import Grant

HERE = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "accuracy_m": 15, "crs": "wgs84"}
FROM_THE_STREET = {"unit": "street-futian", "mode": "required", "reason": "请清走占道摊点"}


@pytest.fixture
def patrol(city):
    return city.person("patrol", Grant("handler", "street-futian"))


@pytest.fixture
def hole(city):
    """The road people are on site, and the street was called to clear the way."""
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.department().takes("call_support", hole, **FROM_THE_STREET)
    city.handler().arrives(hole)
    yield hole
    assert differences(city) == []


def street_helps(city, hole, patrol):
    city.street().takes("support_sign", hole, to=patrol.id)
    patrol.takes("support_arrive", hole, position=HERE)
    patrol.takes("support_finish", hole, done="已清走占道摊点")


def is_done(city, hole, photo):
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)


def test_the_street_that_came_and_worked_does_not_verify_a_grid_worker_does(
    city, hole, patrol, photo
):
    street_helps(city, hole, patrol)
    is_done(city, hole, photo)
    assert {"verify_ok", "verify_fail"}.isdisjoint(city.street().may(hole))
    with refused("own_work") as refusal:
        city.street().verifies(hole)
    assert refusal.problem["detail"].startswith("本街道参与了协办")
    with refused("own_work"):
        city.street().takes("verify_fail", hole, reason="没干完", photos=["0" * 64])
    with refused("forbidden_step"):
        city.department().verifies(hole)
    city.grid_worker().verifies(hole)
    assert hole.status == "resolved"


def test_where_the_street_worked_the_district_may_verify_and_is_told(city, hole, patrol, photo):
    street_helps(city, hole, patrol)
    is_done(city, hole, photo)
    assert told(city, "to_verify") == ["district"]
    assert "verify_ok" in city.district().may(hole)
    city.district().verifies(hole)
    assert hole.status == "resolved"


def test_the_grid_worker_who_came_for_the_street_does_not_verify_another_does(city, hole, photo):
    street_helps(city, hole, city.grid_worker())
    is_done(city, hole, photo)
    with refused("own_handling") as refusal:
        city.grid_worker().verifies(hole)
    assert refusal.problem["detail"].startswith("这件事是您自己处置的")
    city.person("another", Grant("grid_worker", "street-futian")).verifies(hole)


def test_a_street_that_was_called_and_let_go_before_it_came_verifies(city, hole, photo):
    city.street().takes("support_sign", hole)
    city.department().takes("release_support", hole, unit="street-futian", reason="路已清开")
    is_done(city, hole, photo)
    assert told(city, "to_verify") == ["street-futian"]
    assert "verify_ok" not in city.district().may(hole)
    city.street().verifies(hole)


def test_a_street_that_was_let_go_after_it_came_does_not_verify(city, hole, patrol, photo):
    city.street().takes("support_sign", hole, to=patrol.id)
    patrol.takes("support_arrive", hole, position=HERE)
    city.department().takes("release_support", hole, unit="street-futian", reason="路已清开")
    is_done(city, hole, photo)
    with refused("own_work"):
        city.street().verifies(hole)


def test_a_street_that_was_only_told_verifies(city, photo):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.department().takes("call_support", hole, **(FROM_THE_STREET | {"mode": "informed"}))
    city.handler().arrives(hole)
    is_done(city, hole, photo)
    city.street().verifies(hole)


def test_another_street_that_helped_leaves_it_to_this_one_to_verify(city, hole, patrol, photo):
    city.department().takes("release_support", hole, unit="street-futian", reason="叫错了")
    other = "street-lianhua"
    call = FROM_THE_STREET | {"unit": other}
    city.department().takes("call_support", hole, **call)
    desk = city.person("lianhua", Grant("street_dispatcher", other))
    hand = city.person("lianhua patrol", Grant("handler", other))
    desk.takes("support_sign", hole, to=hand.id)
    hand.takes("support_arrive", hole, position=HERE)
    hand.takes("support_finish", hole, done="已疏导")
    is_done(city, hole, photo)
    with refused("forbidden_step"):
        desk.verifies(hole)
    city.street().verifies(hole)


def test_an_english_reader_reads_why(city, hole, patrol, photo):
    street_helps(city, hole, patrol)
    is_done(city, hole, photo)
    city.street().asks("PUT", "session/language", json={"language": "en"})
    with refused("own_work") as refusal:
        city.street().verifies(hole)
    assert refusal.problem["detail"].startswith("Your subdistrict helped with this work")


def to_verify(person):
    return [card["id"] for card in person.asks("GET", "tasks")["verify"]]


@pytest.mark.both_databases
def test_the_list_to_verify_holds_what_its_reader_may_verify_and_nothing_else(
    city, hole, patrol, photo
):
    """The street's own people helped: its desk is left out, and so is whoever went."""
    own = city.person("went", Grant("grid_worker", "street-futian"))
    street_helps(city, hole, own)
    other = city.volunteer().reports()
    city.department().signs(other, to=city.handler())
    city.handler().arrives(other)
    assert to_verify(city.grid_worker()) == []
    is_done(city, hole, photo)
    is_done(city, other, photo)
    people = (own, city.grid_worker(), city.street(), city.district(), city.supervisor(), patrol)
    for person in people:
        offered = {each.id for each in (hole, other) if _sees(person, each, "verify_ok")}
        assert set(to_verify(person)) == offered, person.grants
    assert set(to_verify(city.grid_worker())) == {hole.id, other.id}
    assert set(to_verify(own)) == {other.id}
    assert to_verify(city.handler()) == []
    city.grid_worker().verifies(hole)
    assert to_verify(city.grid_worker()) == [other.id]


def _sees(person, alert, step):
    with suppress(RefusedByCity):
        return step in person.may(alert)
    return False


@pytest.fixture
def led_by(city, photo):
    """`led_by(unit, desk)`: the unit leads and its work is done; its desk has confirmed it."""

    def lead(unit, desk):
        hole = city.volunteer().reports()
        city.street().takes("reassign", hole, lead=unit, reason="由本单位直接处置")
        hand = city.person(f"hand of {unit}", Grant("handler", unit))
        desk.signs(hole, to=hand)
        hand.arrives(hole)
        hand.submits_with(hole, photo)
        desk.confirms(hole)
        return hole

    return lead


def test_where_the_district_led_the_street_verifies_and_is_asked_to(city, led_by):
    hole = led_by("futian", city.district())
    assert told(city, "to_verify") == ["street-futian"]
    assert hole.promise("verify")["unit"] == "street-futian"
    with refused("own_lead") as refusal:
        city.district().verifies(hole)
    assert refusal.problem["detail"].startswith("这件事是本单位牵头办理的")
    assert {"verify_ok", "verify_fail"} <= city.grid_worker().may(hole)
    city.street().verifies(hole)
    assert hole.status == "resolved"


def test_where_the_street_led_it_reads_that_and_the_district_verifies(city, led_by):
    hole = led_by("street-futian", city.street())
    assert told(city, "to_verify") == ["district"]
    with refused("own_lead"):
        city.street().takes("verify_fail", hole, reason="没干完", photos=["0" * 64])
    city.district().verifies(hole)


def test_who_did_the_work_alone_and_confirms_it_reads_that_it_is_their_own(city, photo):
    both = city.person("both", Grant("department_dispatcher", "JTJ")).also(Grant("handler", "JTJ"))
    hole = city.volunteer().reports()
    both.signs(hole, to=both)
    both.arrives(hole)
    both.submits_with(hole, photo)
    assert "confirm" not in both.may(hole)
    with refused("own_handling") as refusal:
        both.confirms(hole)
    assert refusal.problem["detail"].startswith("这件事是您自己处置的")
    city.department().confirms(hole)
