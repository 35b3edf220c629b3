"""A clock that stands is seen to stand, with what is left of it, wherever somebody looks."""

import pytest

pytestmark = pytest.mark.both_databases

FRIDAY_FIVE = "2026-11-20T17:00:00+08:00"
HOUR = 3600


def card_of(person, alert):
    return next(card for card in person.asks("GET", "board")["cards"] if card["id"] == alert.id)


def clock_of(card, name):
    return next(promise for promise in card["promises"] if promise["clock"] == name)


def returned(city):
    """A hole in the road that the roads department sends back after ten minutes."""
    hole = city.volunteer().reports()
    city.clock.advance(minutes=10)
    city.department().takes(
        "return", hole, reason="属于物业红线内", proposed="ZJJ", clause="职责清单第 12 条"
    )
    return hole


def test_a_returned_alert_stands_on_every_face_with_reason_and_remainder(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = returned(city)
    seen = clock_of(card_of(city.district(), hole), "dispose")
    assert (seen["state"], seen["due_at"], seen["course"]) == ("paused", None, None)
    paused = seen["paused"]
    assert paused["reason"] == "returned"
    assert paused["owner"] == "futian"  # the district rules; whoever returned it has nothing to do
    assert paused["until"] is None
    [row] = city.supervisor().asks("GET", "reports/paused")["rows"]
    assert (row["clock"], row["owner"], row["owner_label"]) == ("dispose", "futian", "福田区")
    assert paused["given_s"] - paused["left_s"] == 600
    assert clock_of(city.district().sees(hole), "dispose")["paused"] == paused
    mine = city.volunteer().asks("GET", "alerts?mine=1")["alerts"]
    told = clock_of(mine[0], "dispose")  # a return stops the unit's clock, not the reporter's date
    assert (told["state"], told["paused"]) == ("running", None)
    assert told["due_at"] == hole.now["told"]["due_at"]


def test_after_the_ruling_the_course_leaves_the_pause_out(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = returned(city)
    city.clock.advance(minutes=30)
    city.district().takes("rule", hole, verdict="rejected", lead="JTJ", reason="属于市政道路")
    dispose = clock_of(card_of(city.district(), hole), "dispose")
    assert dispose["paused"] is None
    corners = dispose["course"]["corners"]
    assert [used for at, used in corners if at == 17 * HOUR] == []
    assert corners[-1][1] == dispose["course"]["given_s"]


def test_a_promise_in_work_hours_stands_over_the_weekend_on_lists_board_and_tasks(city):
    city.clock.reads(FRIDAY_FIVE)
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    handler, desk = city.handler(), city.department()
    cards = [
        card_of(desk, hole),
        handler.asks("GET", "tasks")["tasks"][0],
        desk.asks("GET", "alerts")["alerts"][0],
        desk.sees(hole),
    ]
    courses = [clock_of(card, "dispose")["course"] for card in cards]
    assert courses[0] is not None
    assert courses == [courses[0]] * 4
    first, second = courses[0]["corners"][:2]
    assert first[0] == first[1] == second[1]
    assert second[0] - first[0] == 63 * HOUR, "Friday's closing to Monday's opening"


def test_supervision_is_on_the_card(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    assert card_of(city.district(), hole)["supervision"] is None
    city.clock.advance(days=40)
    number = card_of(city.district(), hole)["supervision"]
    assert number.startswith("2026-")
    assert hole.now["supervision"] == number


def test_only_clocks_that_run_can_be_put_off_or_pushed(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    [snooze] = [each for each in city.handler().sees(hole)["steps"] if each["step"] == "snooze"]
    [clock] = [field for field in snooze["fields"] if field["name"] == "clock"]
    running = {each["clock"] for each in hole.now["promises"] if each["state"] == "running"}
    assert {choice["id"] for choice in clock["choices"]} == running


def test_a_handlers_phone_knows_what_comes_after_an_arrival(city):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    ahead = city.handler().sees(hole)["ahead"]
    assert [each["step"] for each in ahead["arrive"]] == ["submit", "note"]
    assert ahead["arrive"][0]["place"] == "main"
    assert city.volunteer().sees(hole)["ahead"] == {}
