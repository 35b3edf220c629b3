"""挂账: what cannot be done now waits for a date with a plan; no clock runs, it ends by itself."""

from datetime import datetime

import pytest
from city import refused
from moving import (
    BUSY,
    differences,
    due_at,
    is_late,
    sentences,
    signed_hole,
    told,
    told_to_the_reporter,
)

PLAN = "十二月十八日到货，当天安装"
UNTIL = "2026-12-20"
MIDNIGHT = "2026-12-20T00:00:00+08:00"
LEFT = ("arrive", "contact", "dispose")


@pytest.fixture
def hole(city):
    hole = signed_hole(city)
    yield hole
    assert differences(city) == []


def asks(city, hole, until=UNTIL):
    return city.department().takes("suspend", hole, until=until, plan=PLAN, reason=BUSY)


def suspended(city, hole, until=UNTIL):
    asks(city, hole, until)
    return city.district().takes("grant_suspension", hole)


def seconds_to(city, instant):
    return (datetime.fromisoformat(instant) - city.clock.now).total_seconds()


def left_s(hole, clock="dispose"):
    promise = hole.promise(clock)
    return promise["paused"]["left_s"] if promise["paused"] else promise["remaining_s"]


def test_while_suspended_no_clock_runs_and_the_page_says_why_by_whom_and_until_when(city, hole):
    city.clock.walk_to("2026-11-23T11:00:00+08:00")
    suspended(city, hole)
    assert hole.status == "suspended"
    for clock in LEFT:
        promise = hole.promise(clock)
        assert (promise["state"], promise["due_at"]) == ("paused", None)
        assert promise["paused"]["reason"] == "suspended"
        assert promise["paused"]["owner"] == "JTJ"
        assert promise["paused"]["until"] == "2026-12-19T16:00:00Z"
    assert left_s(hole) == 40 * 3600


def test_it_is_in_nobodys_overdue_list_and_nothing_fires(city, hole):
    suspended(city, hole)
    rung_codes = {"remind", "notify", "card"}
    city.clock.walk_to("2026-12-18T10:00:00+08:00")
    assert not is_late(city, hole)
    assert rung_codes.isdisjoint(hole.timeline())


def test_on_its_date_it_goes_on_by_itself_and_says_so(city, hole):
    suspended(city, hole)
    before = {clock: left_s(hole, clock) for clock in LEFT}
    city.clock.walk_to("2026-12-19T23:59:00+08:00")
    assert hole.status == "suspended"
    city.clock.walk_to(MIDNIGHT)
    assert hole.status == "signed"
    assert {clock: left_s(hole, clock) for clock in LEFT} == before
    assert hole.timeline().count("suspension_over") == 1
    assert told(city, "resumed") == ["JTJ"]
    assert hole.now["suspended_until"] is None
    assert due_at(hole) == "12-28 17:00"  # 41 hours of office time after that Sunday


def test_after_an_outage_it_goes_on_as_of_its_date_and_is_due_when_it_would_have_been(city, hole):
    suspended(city, hole)
    before = {clock: left_s(hole, clock) for clock in LEFT}
    city.clock.jump(seconds=seconds_to(city, "2026-12-22T15:00:00+08:00"))
    city.clock.advance(seconds=1)
    assert hole.status == "signed"
    [over] = [each["codes"] for each in hole.now["timeline"] if each["code"] == "suspension_over"]
    assert over["due_at"] == "2026-12-19T16:00:00+00:00"
    assert due_at(hole) == "12-28 17:00"
    worked = (7 + 4) * 3600 + 1  # of Monday, and of Tuesday until a second past three
    assert before["dispose"] - left_s(hole) == worked


def test_who_comes_with_an_old_page_is_told_that_its_date_has_come(city, hole):
    suspended(city, hole)
    city.clock.walk_to(MIDNIGHT)
    with refused("version_conflict") as refusal:
        city.department().takes("resume", hole)
    assert refusal.problem["detail"].startswith("系统刚刚已办理“挂账到期，恢复办理”")


def test_who_resumes_before_the_date_gets_the_remainder_to_the_second(city, hole):
    suspended(city, hole)
    before = {clock: left_s(hole, clock) for clock in LEFT}
    city.clock.walk_to("2026-12-01T10:00:00+08:00")
    city.department().takes("resume", hole, note="提前到货")
    assert hole.status == "signed"
    after = {clock: left_s(hole, clock) for clock in LEFT}
    assert all(after[clock] == before[clock] for clock in LEFT)
    city.clock.walk_to("2026-12-21T10:00:00+08:00")
    assert "suspension_over" not in hole.timeline()


def test_the_district_may_end_it_as_well_and_nobody_else(city, hole):
    suspended(city, hole)
    for other in (city.street(), city.handler(), city.supervisor()):
        assert "resume" not in other.may(hole)
    city.district().takes("resume", hole)
    assert hole.status == "signed"


def test_who_was_on_site_goes_back_there_and_on_to_the_end(city, hole, photo):
    city.handler().arrives(hole)
    suspended(city, hole)
    city.clock.walk_to(MIDNIGHT)
    assert hole.status == "on_site"
    hole.seen = hole.now
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    assert hole.promise("dispose")["outcome"] == "met"
    city.grid_worker().verifies(hole)
    assert hole.status == "resolved"


def test_the_reporter_reads_until_when_it_waits_and_what_is_planned(city, hole):
    suspended(city, hole)
    seen = city.volunteer().sees(hole)
    assert seen["suspension"]["sentence"] == "暂缓办理，计划12月20日前完成"
    assert seen["suspension"]["words"] == [PLAN]
    assert city.department().sees(hole)["suspension"]["words"] == [BUSY, PLAN]
    assert sentences(city.volunteer(), hole)[-1].endswith("同意挂账：暂缓办理，计划12月20日前完成")
    [card] = city.volunteer().asks("GET", "alerts?mine=1")["alerts"]
    assert card["suspended_until"] == "2026-12-19T16:00:00Z"


def test_the_reporter_gets_no_message_of_it(city, hole):
    suspended(city, hole)
    city.clock.walk_to(MIDNIGHT)
    assert told_to_the_reporter(city) == {"dispatched"}


def test_it_is_suspended_once(city, hole):
    suspended(city, hole)
    city.department().takes("resume", hole)
    assert "suspend" not in city.department().may(hole)
    with refused("suspension_limit"):
        asks(city, hole)


@pytest.mark.parametrize("until", ["2026-11-23", "2026-11-01", "2027-11-24", "9999-12-31"])
def test_its_date_comes_and_within_a_year(city, hole, until):
    with refused("invalid") as refusal:
        asks(city, hole, until=until)
    assert refusal.faults == {("until", "out_of_range")}


@pytest.mark.parametrize("until", ["2026-11-24", "2027-11-23"])
def test_tomorrow_and_a_year_from_today_are_dates(city, hole, until):
    suspended(city, hole, until)
    assert hole.now["suspension"]["until"] == until


@pytest.mark.parametrize("until", ["20.12.2026", "2026-13-01", "soon", 20261220, ["x"], True])
def test_its_date_is_a_date(city, hole, until):
    with refused("invalid") as refusal:
        asks(city, hole, until=until)
    assert refusal.faults == {("until", "not_a_date")}


def test_it_needs_a_plan_and_a_reason(city, hole):
    with refused("invalid") as refusal:
        city.department().takes("suspend", hole, until=UNTIL)
    assert refusal.faults == {("plan", "missing"), ("reason", "missing")}


def test_it_is_asked_before_nine_tenths_are_used(city, hole):
    city.clock.walk_to("2026-11-30T11:55:00+08:00")
    with refused("asked_too_late"):
        asks(city, hole)


def test_until_it_is_decided_the_clocks_run_and_nobody_is_accused(city, hole):
    asks(city, hole)
    city.clock.walk_to("2026-12-01T10:00:00+08:00")
    assert hole.status == "signed"
    assert {hole.promise(clock)["flag"] for clock in LEFT} == {"pending"}
    assert not is_late(city, hole)
    assert "card" not in hole.timeline()


def test_granted_after_the_due_time_the_clocks_stand_from_the_asking_on(city, hole):
    city.clock.walk_to("2026-11-23T11:00:00+08:00")
    asks(city, hole)
    city.clock.walk_to("2026-12-01T10:00:00+08:00")
    city.district().takes("grant_suspension", hole)
    assert left_s(hole) == 40 * 3600
    assert hole.promise("dispose")["paused"]["since"] == "2026-11-23T03:00:00Z"


def test_refused_it_is_as_if_never_asked(city, hole):
    asks(city, hole)
    city.clock.walk_to("2026-12-01T10:00:00+08:00")
    city.district().takes("refuse_suspension", hole, reason="可以先加盖板")
    city.clock.advance(seconds=1)
    assert hole.status == "signed"
    assert is_late(city, hole)
    late = {line["codes"]["clock"] for line in hole.now["timeline"] if line["code"] == "card"}
    assert late == set(LEFT)
    assert told(city, "not_suspended") == ["JTJ"]


def test_a_date_that_has_come_is_not_granted_any_more(city, hole):
    asks(city, hole, until="2026-11-24")
    city.clock.walk_to("2026-11-24T09:00:00+08:00")
    assert "grant_suspension" not in city.district().may(hole)
    with refused("end_date_passed"):
        city.district().takes("grant_suspension", hole)
    city.district().takes("refuse_suspension", hole, reason="日期已过")


def test_what_was_late_before_stays_late(city, hole):
    city.clock.walk_to("2026-11-26T10:00:00+08:00")  # the arrival was due the evening before
    suspended(city, hole)
    assert is_late(city, hole)
    city.department().takes("resume", hole)
    assert due_at(hole, "arrive") == "11-25 18:00"
    assert is_late(city, hole)


def test_an_extension_can_be_asked_when_it_is_over(city, hole):
    suspended(city, hole)
    city.clock.walk_to(MIDNIGHT)
    hole.seen = hole.now
    city.department().takes("extend", hole, by=1, reason=BUSY)
    city.district().takes("grant_extension", hole)
    assert due_at(hole) == "12-29 17:00"


@pytest.mark.both_databases
def test_a_suspended_alert_can_be_voided_and_nothing_comes_back(city, hole):
    suspended(city, hole)
    city.street().takes("void", hole, reason="测试件")
    city.district().takes("confirm_void", hole)
    city.clock.walk_to("2026-12-21T10:00:00+08:00")
    assert hole.status == "voided"
    assert "suspension_over" not in hole.timeline()


def test_only_the_unit_asks(city, hole):
    for other in (city.street(), city.handler(), city.district()):
        with refused("forbidden_step"):
            other.takes("suspend", hole, until=UNTIL, plan=PLAN, reason=BUSY)
