"""A problem that was closed too early is opened again, and its first resolution stays on record."""

import pytest
from city import refused

from dispatch.installation.verify_store import verify_store

WHY = {"reason": "雨后又塌了"}


@pytest.fixture
def mended(city, photo):
    """A hole in the road that was mended, rated and closed on a Monday."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole)
    return hole


def differences(city):
    return [each for check in verify_store(city.store) for each in check.differences]


def test_a_new_dispose_clock_with_its_own_limit_and_the_first_stays(city, mended):
    [first] = [each for each in mended.now["promises"] if each["clock"] == "dispose"]
    city.clock.jump(days=8)
    city.street().takes("reopen", mended, **WHY)
    assert mended.status == "signed"
    second = mended.promise("dispose")
    assert (second["state"], second["limit"]) == ("running", first["limit"])
    assert second["started_at"] > first["stopped_at"]
    assert second["due_at"] == "2026-12-08T10:00:00Z"  # Tuesday week: all its working days anew
    assert next(each for each in mended.now["promises"] if each["clock"] == "dispose") == first
    assert {"contact", "arrive", "dispose"} >= {
        each["clock"] for each in mended.now["promises"] if each["state"] == "running"
    }
    row = mended.now["timeline"][-1]
    assert row["codes"]["times"] == 1
    assert row["codes"]["resolved_at"] <= row["codes"]["closed_at"] <= row["at"]
    assert differences(city) == []


def test_it_walks_through_to_its_end_once_more(city, mended, photo):
    city.street().takes("reopen", mended, **WHY)
    assert mended.now["handler"] is None
    city.department().takes("assign", mended, to=city.handler().id)
    city.handler().arrives(mended)
    city.handler().submits_with(mended, photo + b" ")
    city.department().confirms(mended)
    city.grid_worker().verifies(mended)
    city.volunteer().rates(mended)
    assert mended.status == "closed"
    disposed = [each for each in mended.now["promises"] if each["clock"] == "dispose"]
    assert [each["outcome"] for each in disposed] == ["met", "met"]
    assert differences(city) == []


def test_thirty_days_are_in_time_and_thirty_one_are_not(city, mended):
    city.clock.jump(days=29, hours=23)  # the thirtieth day is not over
    assert "reopen" in city.street().may(mended)
    city.clock.jump(days=1)
    assert "reopen" not in city.street().may(mended)
    with refused("reopen_late"):
        city.street().takes("reopen", mended, **WHY)
    city.clock.jump(days=-1)
    city.street().takes("reopen", mended, **WHY)
    assert mended.status == "signed"


def test_only_the_street_opens_it_again_and_only_what_is_closed(city, mended):
    for person in (city.volunteer(), city.department(), city.grid_worker(), city.district()):
        with refused("forbidden_step"):
            person.takes("reopen", mended, **WHY)
    other = city.volunteer().reports()
    with refused("step_conflict"):
        city.street().takes("reopen", other, **WHY)


def test_the_reporter_reads_it_in_their_story_and_the_lead_is_told(city, mended):
    city.street().takes("reopen", mended, **WHY)
    told = city.volunteer().sees(mended)
    assert told["timeline"][-1]["sentence"].startswith("福田街道分拨员重启")
    assert told["timeline"][-1]["words"] == []  # why is for staff
    assert city.department().sees(mended)["timeline"][-1]["words"] == [WHY["reason"]]
    assert told["status"] == "signed"


def test_the_figures_keep_the_first_resolution_beside_the_second(city, mended):
    city.clock.jump(days=8)
    city.street().takes("reopen", mended, **WHY)
    city.clock.jump(days=60)
    report = city.supervisor().asks("GET", "reports/on-time")
    [roads] = [row for row in report["rows"] if row["department"] == "JTJ"]
    assert (roads["due"], roads["kept"]) == (2, 1)
