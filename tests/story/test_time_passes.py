"""Promises are swept while the city's clock walks: late things are seen, once each."""

import pytest

pytestmark = pytest.mark.both_databases

MONDAY_TEN = "2026-11-23T10:00:00+08:00"


def test_nobody_signs_and_the_board_turns_yellow_once(city):
    city.clock.reads(MONDAY_TEN)
    hole = city.volunteer().reports()
    due = hole.promise("sign")["due_at"]
    assert hole.now["card"] is None

    city.clock.walk_to(due)
    city.clock.advance(minutes=5)
    assert hole.promise("sign")["state"] in {"running", "missed"}
    assert hole.now["card"] == "yellow"
    assert hole.timeline().count("card") == 1
    city.clock.advance(minutes=5)
    assert hole.timeline().count("card") == 1


def test_a_signature_in_time_keeps_the_promise(city):
    city.clock.reads(MONDAY_TEN)
    hole = city.volunteer().reports()
    city.clock.advance(minutes=10)
    city.department().signs(hole)
    kept = hole.promise("sign")
    assert kept["state"] == "met"
    assert kept["used_s"] == 600
    city.clock.advance(hours=30)
    assert hole.promise("sign") == kept


def test_what_came_due_in_an_outage_is_told_once_afterwards(city):
    city.clock.reads(MONDAY_TEN)
    hole = city.volunteer().reports()
    for desk in (city.department, city.street):
        assert desk().id  # somebody sits there
    city.clock.jump(days=2)  # past the signature's reminder, its due time and its card
    told = hole.timeline()
    assert told[2:] == ["notify", "card"]
    sentence = hole.now["timeline"][2]["sentence"]
    assert "市交通运输局福田管理局、福田街道" in sentence
    assert "[" not in sentence
    assert city.clock.advance(seconds=1)["fired"] == 0
    assert hole.timeline() == told
