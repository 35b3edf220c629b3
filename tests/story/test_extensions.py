"""More time to dispose: asked by the unit, decided by the district, told to the reporter."""

import pytest
from city import refused
from moving import (
    BUSY,
    differences,
    due_at,
    is_late,
    said_to_the_reporter,
    sentences,
    signed_hole,
    told,
    told_to_the_reporter,
)

from dispatch.domain.roles import Grant
from dispatch.installation.people.grant_role import grant_role

# 41 work hours lie between Monday 10:00 and the due time on the next Monday at 18:00: nine tenths
# of them are used at 11:54 of that day.
TOLD = "井盖要定制，货到就换"
DUE = "2026-11-30T18:00:00+08:00"
JUST_IN_TIME, TOO_LATE = "2026-11-30T11:53:00+08:00", "2026-11-30T11:55:00+08:00"
NEXT_DAY = "2026-12-01T10:00:00+08:00"


@pytest.fixture
def hole(city):
    hole = signed_hole(city)
    yield hole
    assert differences(city) == []


def asks(city, hole, by=2):
    return city.department().takes("extend", hole, by=by, reason=BUSY, told=TOLD)


def grants(city, hole, **said):
    return city.district().takes("grant_extension", hole, **said)


def test_a_granted_extension_moves_the_due_time_in_the_limits_own_unit(city, hole):
    assert due_at(hole) == "11-30 18:00"
    asks(city, hole)
    assert due_at(hole) == "11-30 18:00"
    grants(city, hole)
    assert due_at(hole) == "12-02 18:00"
    assert (hole.promise("dispose")["extended"], hole.status) == (2, "signed")
    assert hole.promise("arrive")["due_at"].startswith("2026-11-25T10:00")


def test_whoever_decides_reads_from_which_time_to_which_before_they_press(city, hole):
    for before, after in (("11-30T10", "12-02T10"), ("12-02T10", "12-04T10")):
        asks(city, hole)
        [request] = city.district().sees(hole)["requests"]
        assert (request["from_at"][5:13], request["to_at"][5:13]) == (before, after)
        grants(city, hole)
        assert hole.promise("dispose")["due_at"] == request["to_at"]


@pytest.mark.both_databases
def test_the_reporter_reads_the_new_date_and_why(city, hole):
    asks(city, hole)
    grants(city, hole, note="货期属实")
    story = city.volunteer().sees(hole)["timeline"]
    assert story[-1]["sentence"] == "福田区级分拨员同意延期 2 个工作日，处置时限改为12月2日18:00"
    assert story[-2]["words"] == [TOLD]
    assert told(city, "extended") == ["JTJ"]
    assert told_to_the_reporter(city) == {"dispatched", "new_date"}
    assert [each["due_at"][:16] for each in said_to_the_reporter(city, "new_date")] == [
        "2026-12-02T10:00"
    ]


def test_what_is_refused_or_granted_after_the_work_moves_no_date_of_the_reporter(city, hole, photo):
    asks(city, hole)
    city.district().takes("refuse_extension", hole, reason="备件库里有")
    city.handler().arrives(hole)
    asks(city, hole)
    city.handler().submits_with(hole, photo)
    city.clock.walk_to(NEXT_DAY)
    city.department().confirms(hole)
    grants(city, hole)
    assert "new_date" not in told_to_the_reporter(city)


def test_it_is_asked_before_nine_tenths_are_used_and_not_a_minute_later(city, hole):
    city.clock.walk_to(JUST_IN_TIME)
    assert "extend" in city.department().may(hole)
    city.clock.walk_to(TOO_LATE)
    assert "extend" not in city.department().may(hole)
    with refused("asked_too_late"):
        asks(city, hole)


def test_what_an_extension_added_counts_for_the_next_nine_tenths(city, hole):
    city.clock.walk_to(JUST_IN_TIME)
    asks(city, hole)
    grants(city, hole)
    city.clock.walk_to("2026-12-02T09:30:00+08:00")
    asks(city, hole)
    grants(city, hole)
    assert due_at(hole) == "12-04 18:00"


def test_a_third_one_is_refused(city, hole):
    for _ in range(2):
        asks(city, hole, by=1)
        grants(city, hole)
    assert "extend" not in city.department().may(hole)
    with refused("extension_limit"):
        asks(city, hole)


def test_one_that_was_refused_does_not_count(city, hole):
    for _ in range(3):
        asks(city, hole)
        city.district().takes("refuse_extension", hole, reason="备件库里有")
    asks(city, hole)


@pytest.mark.parametrize("by", [0, -1, 6, 10**30])
def test_it_is_at_most_the_limit_as_it_was_written(city, hole, by):
    with refused("invalid") as refusal:
        asks(city, hole, by=by)
    assert refusal.faults == {("by", "out_of_range")}


@pytest.mark.parametrize("by", [True, "2", 1.5, [2], {}])
def test_it_is_a_number(city, hole, by):
    with refused("invalid") as refusal:
        asks(city, hole, by=by)
    assert refusal.faults == {("by", "wrong_type")}


def test_a_reminder_that_was_put_off_stays_so_and_is_not_put_off_anew(city, hole):
    put_off = {"clock": "dispose", "span": "four_hours", "reason": "正在开会"}
    city.department().takes("snooze", hole, **put_off)
    for _ in range(2):
        asks(city, hole)
        city.district().takes("refuse_extension", hole, reason="备件库里有")
        with refused("snooze_limit"):
            city.department().takes("snooze", hole, **put_off)
    city.clock.walk_to("2026-11-30T08:59:00+08:00")
    assert "dispose" not in reminded(hole)
    city.clock.walk_to("2026-11-30T09:00:00+08:00")
    assert "dispose" in reminded(hole)  # when the office opens, an hour before the due time


def reminded(hole):
    return [each["codes"]["clock"] for each in hole.now["timeline"] if each["code"] == "remind"]


def test_a_second_request_waits_for_the_first_to_be_decided(city, hole):
    asks(city, hole)
    assert {"extend", "suspend"}.isdisjoint(city.department().may(hole))
    with refused("request_open"):
        asks(city, hole)
    assert told(city, "to_decide") == ["district"]
    [request] = hole.now["requests"]
    assert (request["kind"], request["by"], request["words"]) == (
        "extend",
        "2 work_days",
        [BUSY, TOLD],
    )


def test_only_the_district_decides_and_only_what_was_asked(city, hole):
    assert "grant_extension" not in city.district().may(hole)
    with refused("nothing_asked"):
        grants(city, hole)
    asks(city, hole)
    assert {"grant_extension", "refuse_extension"} <= city.district().may(hole)
    for other in (city.street(), city.department(), city.supervisor()):
        assert "grant_extension" not in other.may(hole)
        with refused("forbidden_step"):
            other.takes("grant_extension", hole)
    with refused("nothing_asked"):
        city.district().takes("grant_suspension", hole)
    grants(city, hole)
    with refused("nothing_asked"):
        grants(city, hole)


def test_undecided_at_the_due_time_it_is_pending_and_nobody_is_accused(city, hole):
    city.handler().arrives(hole)
    city.clock.walk_to(JUST_IN_TIME)
    asks(city, hole)
    city.clock.walk_to(NEXT_DAY)
    assert hole.promise("dispose")["flag"] == "pending"
    assert (hole.now["card"], is_late(city, hole)) == (None, False)
    assert told(city, "undecided") == ["district", "supervisor"]
    assert "card" not in hole.timeline()


def test_granted_after_the_due_time_it_is_as_if_granted_at_the_asking(city, hole, photo):
    city.handler().arrives(hole)
    asks(city, hole)
    city.clock.walk_to(NEXT_DAY)
    grants(city, hole)
    assert (due_at(hole), is_late(city, hole)) == ("12-02 18:00", False)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    assert hole.promise("dispose")["outcome"] == "met"
    assert "card" not in hole.timeline()


def test_after_it_runs_out_the_ladder_of_the_longer_promise_goes_on(city, hole):
    city.handler().arrives(hole)
    asks(city, hole)
    city.clock.walk_to(NEXT_DAY)
    grants(city, hole)
    city.clock.walk_to("2026-12-02T18:00:00+08:00")
    assert hole.now["card"] == "yellow"
    assert is_late(city, hole)


def test_refused_it_is_as_if_never_asked_and_what_became_due_fires_then(city, hole):
    city.handler().arrives(hole)
    asks(city, hole)
    city.clock.walk_to(NEXT_DAY)
    city.district().takes("refuse_extension", hole, reason="仓库里有井盖")
    assert (due_at(hole), is_late(city, hole)) == ("11-30 18:00", True)
    city.clock.advance(seconds=1)
    assert hole.now["card"] == "yellow"
    [card] = [line for line in hole.now["timeline"] if line["code"] == "card"]
    assert card["codes"]["due_at"].startswith("2026-11-30T10:00:00")
    city.clock.advance(minutes=5)
    assert hole.timeline().count("card") == 1
    assert told(city, "not_extended") == ["JTJ"]


def test_days_of_work_are_added_over_the_national_holiday(city):
    city.clock.reads("2026-09-24T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole)
    assert due_at(hole) == "10-09 18:00"  # 25 to 27 September and 1 to 7 October are free
    asks(city, hole, by=1)
    grants(city, hole)
    assert due_at(hole) == "10-10 18:00"  # a Saturday on which people work
    asks(city, hole, by=1)
    grants(city, hole)
    assert due_at(hole) == "10-12 18:00"


def test_a_deed_that_takes_it_elsewhere_lets_the_request_lapse(city, hole):
    asks(city, hole)
    city.clock.walk_to(NEXT_DAY)
    city.street().takes("reassign", hole, lead="CGJ", reason="井盖归城管")
    assert hole.now["requests"] == []
    assert hole.promise("dispose")["flag"] is None
    city.clock.advance(seconds=1)
    assert is_late(city, hole)
    assert "card" in hole.timeline()


def test_work_that_is_submitted_meanwhile_keeps_its_request(city, hole, photo):
    city.handler().arrives(hole)
    asks(city, hole)
    city.handler().submits_with(hole, photo)
    city.clock.walk_to(NEXT_DAY)
    grants(city, hole)
    city.department().confirms(hole)
    assert hole.promise("dispose")["outcome"] == "met"


def test_rework_can_be_extended_as_well(city, hole, photo):
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.clock.walk_to("2026-11-24T11:30:00+08:00")
    city.grid_worker().takes("verify_fail", hole, reason="又塌了", photos=["0" * 64])
    before = due_at(hole)
    asks(city, hole, by=1)
    grants(city, hole)
    assert (before, due_at(hole)) == ("12-02 10:30", "12-03 10:30")


def test_whoever_asked_does_not_grant_it_to_themselves(city, hole):
    both = city.person("both", Grant("department_dispatcher", "JTJ"))
    grant_role(city.store, both.id, Grant("district_dispatcher", "futian"), city.organisation)
    both.takes("extend", hole, by=1, reason=BUSY)
    assert "grant_extension" not in both.may(hole)
    with refused("own_request"):
        both.takes("grant_extension", hole)
    grants(city, hole)


def test_an_english_reader_reads_the_same(city, hole):
    asks(city, hole, by=1)
    grants(city, hole)
    reader = city.volunteer()
    reader.asks("PUT", "session/language", json={"language": "en"})
    assert sentences(reader, hole)[-1].endswith(
        "granted 1 work day more: to be disposed by 1 Dec 18:00"
    )
