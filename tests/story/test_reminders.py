"""Whoever works is reminded in time: never after it is too late, and in the hours of the office."""

from datetime import datetime, timedelta

import pytest
from calendars import SHANGHAI
from city import refused
from moving import told
from sqlalchemy import select

from dispatch.installation.verify_store import verify_store
from dispatch.store.tables import Notice

SATURDAY = "2026-11-28T10:00:00+08:00"
FRIDAY = "2026-11-27T10:00:00+08:00"
URGES = ("remind", "notify", "card")


def heard(alert, clock):
    """What the unit heard of a clock: the code, and when on a wall in Futian."""
    lines = [
        e for e in alert.now["timeline"] if e["code"] in URGES and e["codes"]["clock"] == clock
    ]
    return [(each["code"], on_the_wall(each["at"])) for each in lines]


def on_the_wall(instant):
    return f"{datetime.fromisoformat(instant).astimezone(SHANGHAI):%a %H:%M}"


def is_sound(city):
    return [each.name for each in verify_store(city.store) if each.differences] == []


def test_what_is_due_on_a_weekend_is_not_reminded_of_on_monday(city):
    city.clock.reads(SATURDAY)
    hole = city.volunteer().reports()
    city.department().signs(hole)  # contact within 24 hours, reminded at 80 % in office hours
    city.clock.walk_to("2026-11-30T18:00:00+08:00")
    contact = heard(hole, "contact")
    assert contact[0][1] == "Sun 10:00"
    assert "remind" not in {code for code, _ in contact}
    assert is_sound(city)


def test_where_an_office_is_open_before_it_the_reminder_comes_there(city):
    city.clock.reads(FRIDAY)
    hole = city.volunteer().reports()
    city.clock.walk_to("2026-11-27T16:00:00+08:00")
    city.department().signs(hole)
    city.clock.walk_to("2026-11-30T18:00:00+08:00")
    assert heard(hole, "contact")[0] == ("remind", "Fri 17:36")
    assert is_sound(city)


LATER = {"clock": "arrive", "reason": "正在开会"}


@pytest.fixture
def signed(city):
    """Friday morning; the unit is to arrive today."""
    city.clock.reads(FRIDAY)
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    return hole


def test_a_reminder_is_put_off_no_further_than_the_due_time(city, signed):
    desk, due_at = city.department(), signed.promise("arrive")["due_at"]
    [snooze] = [each for each in desk.sees(signed)["steps"] if each["step"] == "snooze"]
    [clock] = [field for field in snooze["fields"] if field["name"] == "clock"]
    [arrive] = [each for each in clock["choices"] if each["id"] == "arrive"]
    offered = arrive["only"]["span"]
    assert "half_hour" in offered
    assert "four_hours" not in offered
    with refused("snooze_past_due"):
        desk.takes("snooze", signed, span="four_hours", **LATER)
    desk.takes("snooze", signed, span="half_hour", **LATER)
    city.clock.walk_to(due_at)
    assert heard(signed, "arrive")[0][0] == "remind"
    assert is_sound(city)


def test_what_is_put_off_comes_when_the_office_is_open(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole)
    dispose = {"clock": "dispose", "span": "four_hours", "reason": "等料"}
    city.clock.walk_to("2026-11-27T16:00:00+08:00")
    city.department().takes("snooze", hole, **dispose)
    city.clock.walk_to("2026-11-30T18:00:00+08:00")
    assert heard(hole, "dispose")[0] == ("remind", "Mon 09:00")
    assert is_sound(city)


def test_what_was_put_off_comes_in_time_for_a_due_time_that_is_sooner_now(city):
    """Another report of the same hole, older and due earlier, is merged in."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    older = city.volunteer().reports()
    city.clock.reads("2026-11-25T10:00:00+08:00")
    hole = city.person("neighbour").reports()
    city.department().signs(hole)
    put_off = {"clock": "dispose", "span": "four_hours", "reason": "等料"}
    city.department().takes("snooze", hole, **put_off)
    city.street().takes("merge", older, into=hole.seen["number"])
    due_at = hole.promise("dispose")["due_at"]
    assert on_the_wall(due_at) == "Mon 18:00"
    city.clock.walk_to(due_at)
    assert "remind" in {code for code, _ in heard(hole, "dispose")}
    assert is_sound(city)


def reminded_of(city, clock):
    """Who was reminded of a clock, and by what kind of address."""
    with city.store.read() as session:
        rows = session.scalars(select(Notice).where(Notice.code.in_(("remind", "notify", "card"))))
        return {(each.to_kind, each.to_ref) for each in rows if each.params["clock"] == clock}


@pytest.mark.both_databases
def test_whoever_did_the_work_is_not_reminded_that_others_have_to_look_at_it(city, photo):
    """Its ladder says lead and handler: of a look that is the street's desk alone."""
    assert city.street()
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    due = datetime.fromisoformat(hole.promise("verify")["due_at"])
    city.clock.walk_to((due - timedelta(minutes=1)).isoformat())
    assert reminded_of(city, "verify") == {("desk", "street-futian")}
    [line] = [each for each in hole.now["timeline"] if each["code"] == "remind"]
    assert line["codes"]["clock"] == "verify"
    assert "no_recipient" not in line["codes"]


def test_supervision_of_a_late_look_is_told_to_the_street_and_not_to_whoever_did_the_work(
    city, photo
):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.clock.advance(days=40)
    [supervised] = [each for each in hole.now["timeline"] if each["code"] == "supervise"]
    assert supervised["codes"]["clock"] == "verify"
    assert set(told(city, "supervise")) == {"street-futian", "supervisor"}
