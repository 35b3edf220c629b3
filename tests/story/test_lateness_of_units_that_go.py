"""Lateness when a unit goes: it stays with whoever was late, and the heir owes whole limits."""

from collections import defaultdict

import pytest
from moving import differences
from splitting import back, split_city, west
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Promise


@pytest.fixture
def city(city):
    return split_city(city)


TUESDAY = "2026-12-01T10:00:00+08:00"  # E0113 is signed by 11-24, reached by 11-25, done by 11-30


def clocks_of(city, alert):
    """By unit and clock, what became of each, in order."""
    found = defaultdict(list)
    with city.store.read() as session:
        mine = select(Promise).where(Promise.alert_id == alert.id, Promise.unit.is_not(None))
        for row in session.scalars(mine.order_by(Promise.started_at, Promise.id)):
            found[row.unit, row.clock].append(row.state)
    return {key: "/".join(states) for key, states in found.items()}


def on_time(city):
    rows = city.supervisor().asks("GET", "reports/on-time?by=department")["rows"]
    return {row["department"]: (row["kept"], row["due"]) for row in rows}


def late_units(city):
    rows = city.supervisor().asks("GET", "reports/overdue?by=department")["rows"]
    return [row["department"] for row in rows]


def test_what_was_late_stays_with_the_unit_that_goes_and_the_heir_owes_whole_limits(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    told = hole.now["told"]["due_at"]
    west(city)
    city.clock.walk_to(TUESDAY)
    assert late_units(city) == ["JTJ-WEST"]
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole) == {
        **{("JTJ-WEST", clock): "missed" for clock in ("sign", "arrive", "dispose")},
        **{("JTJ", clock): "running" for clock in ("sign", "arrive", "dispose")},
    }
    due = {clock: hole.promise(clock)["due_at"] for clock in ("sign", "arrive", "dispose")}
    assert due == {
        "sign": "2026-12-02T10:00:00Z",
        "arrive": "2026-12-03T10:00:00Z",
        "dispose": "2026-12-08T10:00:00Z",
    }
    assert (hole.now["told"]["due_at"], hole.now["card"]) == (told, None)
    assert (late_units(city), on_time(city)) == ([], {"JTJ-WEST": (0, 1)})
    assert differences(city) == []


def test_what_is_not_late_goes_on_beside_what_begins_anew(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole, to=west(city, "handler"))
    city.clock.walk_to("2026-11-27T10:00:00+08:00")
    dispose = hole.promise("dispose")["due_at"]
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole) == {
        ("JTJ-WEST", "sign"): "met",
        ("JTJ-WEST", "contact"): "missed",
        ("JTJ-WEST", "arrive"): "missed",
        ("JTJ", "contact"): "running",
        ("JTJ", "arrive"): "running",
        ("JTJ", "dispose"): "running",
    }
    assert hole.promise("dispose")["due_at"] == dispose
    assert hole.promise("arrive")["due_at"] == "2026-12-01T10:00:00Z"
    assert differences(city) == []


def test_what_stands_late_stands_on_with_the_heir_and_goes_on_by_itself(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole, to=west(city, "handler"))
    city.clock.walk_to("2026-11-26T10:00:00+08:00")
    plan = {"until": "2026-12-04", "plan": "等管材到货", "reason": "等管材"}
    desk.takes("suspend", hole, **plan)
    city.district().takes("grant_suspension", hole)
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole)["JTJ-WEST", "arrive"] == "missed"
    assert clocks_of(city, hole)["JTJ", "arrive"] == "paused"
    assert differences(city) == []
    city.clock.walk_to("2026-12-04T09:00:00+08:00")
    assert hole.status == "signed"
    assert clocks_of(city, hole)["JTJ", "arrive"] == "running"
    assert hole.promise("arrive")["due_at"] > "2026-12-04"
    assert differences(city) == []


def test_what_waits_for_the_district_s_word_is_late_with_nobody_and_goes_on(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk, crew = city.volunteer().reports(), west(city), west(city, "handler")
    desk.signs(hole, to=crew)
    desk.takes("contact", hole, message="今天到")
    crew.arrives(hole)
    desk.takes("extend", hole, by=2, reason="等管材")
    city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    assert clocks_of(city, hole)["JTJ", "dispose"] == "running"
    hole.seen |= {"version": hole.now["version"]}
    city.district().takes("grant_extension", hole)
    assert hole.promise("dispose")["due_at"] == "2026-12-02T10:00:00Z"
    assert differences(city) == []


@pytest.mark.both_databases
def test_an_heir_that_helped_late_has_missed_it_when_it_leads(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole, desk = city.volunteer().reports(), west(city)
    desk.signs(hole)
    desk.takes("call_support", hole, unit="JTJ", mode="required", reason="要封路")
    city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    found = clocks_of(city, hole)
    assert {clock: found["JTJ", clock] for clock in ("sign", "arrive", "dispose")} == {
        "sign": "missed",
        "arrive": "missed/running",
        "dispose": "missed/running",
    }
    assert on_time(city) == {"JTJ-WEST": (0, 1), "JTJ": (0, 1)}
    assert differences(city) == []


@pytest.mark.parametrize(
    ("when", "state"), [("2026-11-23T12:00:00+08:00", "ended"), (TUESDAY, "missed")]
)
def test_a_unit_that_helps_where_its_heir_leads_leaves_what_it_was_late_with(city, when, state):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.street().takes("reassign", hole, lead="JTJ", reason="归本局")
    city.department().signs(hole)
    city.department().takes("call_support", hole, unit="JTJ-WEST", mode="required", reason="围挡")
    city.clock.walk_to(when)
    back(city, JTJ_WEST="JTJ")
    helped = {
        clock: found for (unit, clock), found in clocks_of(city, hole).items() if unit == "JTJ-WEST"
    }
    assert {found.split("/")[-1] for found in helped.values()} == {state}
    assert (hole.now["lead"], hole.helping()) == ("JTJ", {})
    assert differences(city) == []


@pytest.mark.parametrize("late", [False, True])
def test_a_late_helper_is_followed_by_an_heir_with_whole_limits(city, late):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    west(city)
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    city.person("cgj", Grant("department_dispatcher", "CGJ")).signs(hole)
    city.person("cgj").takes("call_support", hole, unit="JTJ-WEST", mode="required", reason="围挡")
    if late:
        city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    found = clocks_of(city, hole)
    begun = ("sign", "arrive", "dispose")  # it led before, and was late with nothing then
    assert {found["JTJ-WEST", each] for each in begun} == {"ended/missed" if late else "ended"}
    assert {found["JTJ", each] for each in begun} == {"running"}
    assert hole.helping() == {"JTJ": "to_sign"}
    assert differences(city) == []


def test_an_heir_of_a_helper_owes_the_limits_that_the_rules_gave_to_the_helper(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    gravel = city.volunteer().reports("E0114", text="渣土车撒了一路", answers={})
    city.clock.walk_to(TUESDAY)
    back(city, JTJ_WEST="JTJ")
    with city.store.read() as session:
        mine = (Promise.alert_id == gravel.id, Promise.clock == "arrive")
        limits = {row.unit: row.limit for row in session.scalars(select(Promise).where(*mine))}
    assert (limits["JTJ-WEST"], limits["JTJ"]) == ("20 minutes", "20 minutes")
    assert limits["CGJ"] != "20 minutes"
    assert differences(city) == []
