"""Who may ask for more time again: a unit that takes over a promise, and all after a reopening."""

import pytest
from city import refused
from moving import BUSY, differences, signed_hole

from dispatch.domain.roles import Grant

UNTIL, PLAN = "2026-12-20", "十二月十八日到货，当天安装"
WAYS = [("extend", "extension_limit"), ("suspend", "suspension_limit")]


@pytest.fixture
def hole(city):
    hole = signed_hole(city)
    yield hole
    assert differences(city) == []


@pytest.fixture
def other(city):
    return city.person("other", Grant("department_dispatcher", "CGJ"))


def asks(city, hole, way, who=None):
    said = {"by": 1} if way == "extend" else {"until": UNTIL, "plan": PLAN}
    (who or city.department()).takes(way, hole, reason=BUSY, **said)


def is_given(city, hole, way, who=None):
    """Asked, and granted as often as the law lets a unit have it."""
    for _ in range(2 if way == "extend" else 1):
        asks(city, hole, way, who)
        grant = "grant_extension" if way == "extend" else "grant_suspension"
        city.district().takes(grant, hole)
        if way == "suspend":
            (who or city.department()).takes("resume", hole)


def is_refused(city, hole, way, limit, who=None):
    person = who or city.department()
    assert way not in person.may(hole)
    with refused(limit):
        asks(city, hole, way, person)
    return True


@pytest.mark.parametrize(("way", "limit"), WAYS)
def test_a_unit_that_takes_it_over_asks_for_itself_and_who_had_it_before_does_not(
    city, hole, other, way, limit
):
    is_given(city, hole, way)
    assert is_refused(city, hole, way, limit)
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    other.signs(hole)
    is_given(city, hole, way, other)
    assert is_refused(city, hole, way, limit, other)
    city.street().takes("reassign", hole, lead="JTJ", reason="还归交通")
    city.department().signs(hole)
    assert is_refused(city, hole, way, limit)


@pytest.mark.parametrize(("way", "limit"), WAYS)
def test_what_goes_on_after_rework_is_the_same_promise_and_what_is_reopened_is_another(
    city, hole, photo, way, limit
):
    is_given(city, hole, way)
    is_done(city, hole, photo)
    city.grid_worker().takes("verify_fail", hole, reason="又塌了", photos=["0" * 64])
    assert is_refused(city, hole, way, limit)
    is_done(city, hole, photo + b" ")
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole)
    city.street().takes("reopen", hole, reason="雨后又塌了")
    assert way in city.department().may(hole)
    is_given(city, hole, way)
    assert is_refused(city, hole, way, limit)


def is_done(city, hole, photo):
    city.handler()
    hole.seen = hole.now
    if hole.now["handler"] is None:
        city.department().takes("assign", hole, to=city.handler().id)
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
