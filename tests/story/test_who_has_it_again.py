"""A unit that has the work again goes on with what it had left: nobody gains time by a detour."""

import pytest
from endings import merge
from moving import differences
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Promise

MONDAY_TEN = "2026-11-23T10:00:00+08:00"
DUE = "2026-11-30T10:00:00Z"  # five work days of seven hours: at the close of the Monday after
TO_ZJJ = {"lead": "ZJJ", "reason": "属住建职责"}
TO_JTJ = {"lead": "JTJ", "reason": "仍属道路"}
COME = {"unit": "CGJ", "mode": "required", "reason": "请清理现场"}


@pytest.fixture
def hole(city):
    city.clock.reads(MONDAY_TEN)
    hole = city.volunteer().reports()
    yield hole
    assert differences(city) == []


def away_and_back(city, hole):
    for lead in (TO_ZJJ, TO_JTJ):
        city.street().takes("reassign", hole, **lead)


def owed(city, unit, clock):
    """What became of each time that the unit owed the clock, oldest first, and when it was due."""
    with city.store.read() as session:
        mine = select(Promise).where(Promise.unit == unit, Promise.clock == clock)
        rows = session.scalars(mine.order_by(Promise.started_at, Promise.id))
        return [(row.state, f"{row.due_at:%m-%d %H:%M}") for row in rows]


def test_whoever_has_it_back_is_due_when_it_was(city, hole):
    city.clock.walk_to("2026-11-24T10:00:00+08:00")
    away_and_back(city, hole)
    assert hole.promise("dispose")["due_at"] == DUE


def test_whoever_had_hardly_any_time_left_has_a_quarter(city, hole):
    city.clock.walk_to("2026-11-30T17:30:00+08:00")  # of 41 working hours half of one is left
    away_and_back(city, hole)
    assert hole.promise("dispose")["due_at"] == "2026-12-02T03:45:00Z"  # 10 hours and a quarter


def test_whoever_was_late_has_missed_it_and_goes_on_with_a_quarter(city, hole):
    city.clock.walk_to("2026-12-01T09:00:00+08:00")
    away_and_back(city, hole)
    assert owed(city, "JTJ", "dispose") == [("missed", "11-30 10:00"), ("running", "12-02 06:15")]


def test_a_merge_that_is_undone_gives_nobody_a_new_limit(city, hole):
    city.clock.walk_to("2026-12-01T09:00:00+08:00")
    merge(city, hole)
    city.street().takes("unmerge", hole, reason="不是一处")
    city.street().takes("accept", hole, lead="JTJ")
    assert owed(city, "JTJ", "dispose")[-1] == ("running", "12-02 06:15")


def test_a_unit_that_is_let_go_and_called_again_goes_on_with_what_was_left(city, hole):
    city.department().signs(hole)
    city.department().takes("call_support", hole, **COME)
    [(_, due)] = owed(city, "CGJ", "arrive")
    city.clock.walk_to("2026-11-24T11:00:00+08:00")
    city.department().takes("release_support", hole, unit="CGJ", reason="先不用")
    city.department().takes("call_support", hole, **COME)
    assert owed(city, "CGJ", "arrive") == [("ended", due), ("running", due)]


def test_whoever_led_and_helps_now_has_the_limits_of_those_who_help(city, hole):
    city.clock.walk_to("2026-11-30T17:30:00+08:00")
    city.street().takes("reassign", hole, **TO_ZJJ)
    lead = city.person("zjj", Grant("department_dispatcher", "ZJJ"))
    lead.signs(hole)
    lead.takes("call_support", hole, **COME | {"unit": "JTJ"})
    whole = hole.promise("dispose")["limit"]
    [mine] = [p for p in hole.now["promises"] if p["support"] == "JTJ" and p["clock"] == "dispose"]
    assert (mine["limit"], mine["used_s"]) == (whole, 0)
    assert owed(city, "JTJ", "dispose")[-1] == ("running", "12-07 10:00")
