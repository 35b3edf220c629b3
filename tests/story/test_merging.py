"""One problem, reported twice: the second goes on in the first, and for a day can be taken out."""

from datetime import datetime, timedelta

import pytest
from city import refused
from gravel import due, gravel, merged
from moving import differences

from dispatch.domain.roles import Grant


def told(alert):
    """The date that the reporter was told."""
    return datetime.fromisoformat(alert.now["told"]["due_at"])


def late_in_lists(city):
    return {each["id"] for each in city.district().asks("GET", "alerts?overdue=1")["alerts"]}


def test_the_second_goes_on_in_the_first_and_its_clocks_end_neutral(city, twins):
    master, twin = twins
    before = due(master)
    merged(city, twin, master)
    assert twin.status == "merged"
    assert {each["state"] for each in twin.now["promises"]} == {"ended"}
    assert due(master) == before  # it was due earlier already
    assert twin.timeline()[-1] == "merge"
    assert master.timeline()[-1] == "merged_in"
    assert differences(city) == []


def test_the_master_keeps_the_earlier_due_times(city, twins):
    early, late = twins
    sign, dispose = due(early, "sign"), due(early)
    merged(city, early, late)
    assert (due(late, "sign"), due(late)) == (sign, dispose)
    assert "处置" in late.now["timeline"][-1]["sentence"]
    assert differences(city) == []


@pytest.mark.parametrize("lead", ["CGJ", "ZJJ"])
def test_a_unit_inherits_no_clock_of_another_but_the_reporter_keeps_the_date(city, twins, lead):
    early, _ = twins
    own = [due(early, clock) for clock in ("sign", "arrive", "dispose")]
    city.clock.walk_to((told(early) + timedelta(hours=1)).isoformat())
    fresh = gravel(city.person("third"))
    if lead != fresh.now["lead"]:
        city.street().takes("reassign", fresh, lead=lead, reason="归你们")
    before = [due(fresh, clock) for clock in ("sign", "arrive", "dispose")]
    merged(city, early, fresh)
    is_same = lead == "CGJ"
    assert [due(fresh, clock) for clock in ("sign", "arrive", "dispose")] == (
        own if is_same else before
    )
    assert told(fresh) == told(early)
    clocks = "到场、处置、承诺办结、签收" if is_same else "承诺办结"
    assert f"已并入本件，{clocks}按较早的时限计" in fresh.now["timeline"][-1]["sentence"]
    city.clock.advance(minutes=1)
    assert fresh.id in late_in_lists(city)
    boss = city.supervisor()
    late = {row["id"] for row in boss.asks("GET", f"reports/overdue?department={lead}")["rows"]}
    assert (fresh.id in late) is is_same
    [card] = [each["card"] for each in boss.asks("GET", "board")["cards"] if each["id"] == fresh.id]
    assert (card is not None) is is_same
    assert differences(city) == []
    city.street().takes("unmerge", early, reason="不是一处")
    assert [due(fresh, clock) for clock in ("sign", "arrive", "dispose")] == before
    assert told(fresh) > city.clock.now
    assert fresh.id not in late_in_lists(city)
    assert differences(city) == []


def test_the_rungs_of_a_merged_alert_never_fire_and_the_masters_fire_by_its_new_time(city, twins):
    early, late = twins
    dispose = due(early)
    merged(city, early, late)
    city.clock.walk_to((dispose + timedelta(seconds=1)).isoformat())
    assert not {"remind", "notify", "card"} & set(early.timeline())
    cards = [each for each in late.now["timeline"] if each["code"] == "card"]
    assert dispose.isoformat() in {each["codes"]["due_at"] for each in cards}
    assert differences(city) == []


def test_unmerge_gives_the_master_its_own_times_back(city, twins):
    early, late = twins
    before = due(late, "sign"), due(late, "arrive"), due(late)
    city.person("lead", Grant("department_dispatcher", early.now["lead"])).signs(early)
    merged(city, early, late)
    assert due(late) < before[2]
    city.street().takes("unmerge", early, reason="一个在桥上，一个在桥下")
    assert (due(late, "sign"), due(late, "arrive"), due(late)) == before
    assert early.status == "reported"
    assert early.promise("accept")["state"] == "running"
    assert early.now["lead"] is None
    assert late.timeline()[-1] == "merged_out"
    assert differences(city) == []
    city.street().accepts(early, lead="CGJ")
    assert early.status == "dispatched"
    assert differences(city) == []


def test_a_card_that_came_only_of_the_merge_goes_with_it_and_comes_again_in_its_own_time(
    city, twins
):
    early, late = twins
    own = due(late)
    hurried = due(early)
    merged(city, early, late)
    city.clock.walk_to((hurried + timedelta(seconds=1)).isoformat())
    assert late.promise("dispose")["card"] == "yellow"
    city.street().takes("unmerge", early, reason="不是一处")
    dispose = late.promise("dispose")
    assert (dispose["due_at"], dispose["card"]) == (own.isoformat().replace("+00:00", "Z"), None)
    city.clock.walk_to((own + timedelta(seconds=1)).isoformat())
    assert late.promise("dispose")["card"] == "yellow"
    assert differences(city) == []


def test_a_pause_of_the_master_moves_what_it_took_over(city, twins):
    early, late = twins
    hurried = due(early)
    merged(city, early, late)
    lead = city.person("lead", Grant("department_dispatcher", late.now["lead"]))
    asked = {"reason": "不归本单位", "clause": "第 7 条", "proposed": "JTJ"}
    lead.takes("return", late, **asked)
    assert late.promise("dispose")["due_at"] is None
    city.clock.jump(minutes=30)
    city.district().takes("rule", late, verdict="rejected", reason="归你们")
    assert due(late) - hurried == timedelta(minutes=30)
    assert differences(city) == []


@pytest.mark.parametrize("undone", [False, True])
def test_a_master_that_is_put_off_until_a_date_still_goes_on_by_itself(city, twins, undone):
    early, late = twins
    lead = city.person("lead", Grant("department_dispatcher", late.now["lead"]))
    lead.signs(late)
    if undone:
        merged(city, early, late)
    lead.takes("suspend", late, until="2026-11-26", plan="等吊车", reason="吊车周四到")
    city.district().takes("grant_suspension", late)
    if undone:
        city.street().takes("unmerge", early, reason="不是一处")
    else:
        merged(city, early, late)
    assert differences(city) == []
    city.clock.walk_to("2026-11-26T00:00:01+08:00")
    assert late.status == "signed"
    assert differences(city) == []


def test_what_nobody_accepted_yet_is_disposed_by_the_time_of_what_was_merged_into_it(city, twins):
    early, _ = twins
    promised = due(early)
    city.clock.walk_to((promised + timedelta(hours=1)).isoformat())
    assert early.promise("dispose")["card"]
    unsure = city.person("third").reports("unsure", text="路上一堆石子", answers={})
    merged(city, early, unsure)
    unsure.seen = unsure.now
    city.street().accepts(unsure, lead="CGJ")
    assert told(unsure) == promised
    assert due(unsure, "sign") > promised
    assert due(unsure) > city.clock.now  # the unit has its whole limit
    city.clock.advance(minutes=1)
    assert unsure.promise("dispose")["card"] is None
    assert unsure.id in late_in_lists(city)
    assert differences(city) == []
    city.street().takes("unmerge", early, reason="不是一处")
    assert told(unsure) > city.clock.now
    assert unsure.id not in late_in_lists(city)
    assert differences(city) == []


def test_what_was_merged_and_taken_out_again_is_still_owed_when_it_was(city, twins):
    early, late = twins
    promised = due(early)
    for _ in range(2):
        merged(city, early, late)
        city.street().takes("unmerge", early, reason="不是一处")
        city.street().accepts(early, lead="CGJ")
        assert due(early) == told(early) == promised
        assert differences(city) == []
    city.clock.walk_to((promised + timedelta(seconds=1)).isoformat())
    assert early.promise("dispose")["card"] == "yellow"
    assert differences(city) == []


def taken_out_late(city, twins):
    """Past the date that its reporter was told, merged, taken out again, and with nobody."""
    early, _ = twins
    city.clock.walk_to((told(early) + timedelta(hours=1)).isoformat())
    date, fresh = early.now["told"]["due_at"], gravel(city.person("third"))
    merged(city, early, fresh)
    city.clock.advance(minutes=10)
    city.street().takes("unmerge", early, reason="不是一处")
    return early, date


def whole_city(city):
    [row] = city.supervisor().asks("GET", "reports/on-time?by=city")["rows"]
    return row["due"] - row["kept"]


def test_past_the_told_date_it_stays_overdue_with_the_street_when_a_merge_is_undone(city, twins):
    early, date = taken_out_late(city, twins)
    assert (early.status, early.now["told"]["due_at"]) == ("reported", date)
    assert early.id in late_in_lists(city)
    rows = city.supervisor().asks("GET", "reports/overdue")["rows"]
    [row] = [each for each in rows if each["id"] == early.id]
    assert (row["clock"], row["department"], row["card"]) == ("overall", "street-futian", None)
    assert row["department_label"] == "福田街道（未超本单位时限）"
    units = city.supervisor().asks("GET", "reports/overdue?department=street-futian")["rows"]
    assert units == []
    assert differences(city) == []


@pytest.mark.parametrize("danger", [False, True])
def test_the_told_date_goes_on_whoever_has_it_next_and_counts_once(city, twins, danger):
    early, date = taken_out_late(city, twins)
    missed = whole_city(city)
    if danger:
        city.street().takes("correct", early, life_safety=True, reason="有人摔倒")
        assert differences(city) == []
    city.street().accepts(early, lead="ZJJ")
    assert (early.now["told"]["due_at"], early.id in late_in_lists(city)) == (date, True)
    assert whole_city(city) == missed
    assert differences(city) == []
    other = gravel(city.person("fourth", Grant("volunteer", "street-futian")))
    if danger:  # it goes on only in what somebody comes for
        city.street().takes("correct", other, life_safety=True, reason="有人摔倒")
    merged(city, early, other)
    assert other.now["told"]["due_at"] == date
    assert differences(city) == []


@pytest.mark.parametrize("deed", ["decline", "withdraw"])
def test_an_alert_that_was_taken_out_and_ends_is_missed_once(city, twins, deed):
    early, _ = taken_out_late(city, twins)
    missed = whole_city(city)
    if deed == "decline":
        city.street().takes("decline", early, reason="other_channel", where_instead="12345")
    else:
        city.volunteer().takes("withdraw", early)
    assert (early.now["told"]["state"], whole_city(city)) == ("missed", missed)
    assert early.id not in late_in_lists(city)
    assert differences(city) == []


def test_what_is_merged_into_an_alert_that_was_taken_out_keeps_the_earlier_date_once(city, twins):
    early, date = taken_out_late(city, twins)
    third = city.person("third").reports("unsure", text="路上一堆石子", answers={})
    merged(city, third, early)
    seen = city.person("third").sees(third)["merged"]["promises"]
    assert [each["due_at"] for each in seen if each["clock"] == "dispose"] == [date]
    assert differences(city) == []


def test_before_the_told_date_it_goes_on_as_well(city, twins):
    early, late = twins
    date = early.now["told"]["due_at"]
    for _ in range(2):
        merged(city, early, late)
        city.street().takes("unmerge", early, reason="不是一处")
        assert (early.status, early.now["told"]["due_at"]) == ("reported", date)
        assert early.id not in late_in_lists(city)
        assert differences(city) == []
        city.street().accepts(early, lead="CGJ")


def test_merged_taken_out_and_merged_again_in_one_instant_it_is_merged(city, twins):
    early, late = twins
    promised = due(early)
    for _ in range(2):
        merged(city, early, late)
        assert due(late) == promised
        city.street().takes("unmerge", early, reason="不是一处")
        assert due(late) == promised + timedelta(minutes=30)
        city.street().accepts(early, lead="CGJ")
    assert differences(city) == []


def test_what_was_called_for_by_hand_comes_no_second_time_when_the_merge_is_undone(city, twins):
    early, late = twins
    merged(city, early, late)
    city.street().takes("escalate", late, clock="dispose", reason="先提醒")
    city.street().takes("unmerge", early, reason="不是一处")
    city.clock.walk_to(late.promise("dispose")["due_at"])
    levels = [
        each["codes"]["level"]
        for each in late.now["timeline"]
        if each["codes"].get("clock") == "dispose" and each["code"] in {"remind", "notify"}
    ]
    assert levels == sorted(set(levels))
    assert levels[0] == 1


def test_for_a_day_it_can_be_undone_and_no_longer(city, twins):
    early, late = twins
    merged(city, late, early)
    city.clock.jump(hours=23, minutes=59)
    assert "unmerge" in city.street().may(late)
    city.clock.jump(minutes=1)
    assert "unmerge" in city.street().may(late)
    city.clock.jump(seconds=1)
    assert "unmerge" not in city.street().may(late)
    with refused("unmerge_late"):
        city.street().takes("unmerge", late, reason="不是一处")


def test_into_what_an_alert_cannot_be_merged(city, twins, photo):
    master, twin = twins
    street = city.street()
    with refused("merge_itself"):
        merged(city, twin, twin)
    with refused("invalid") as refusal:
        street.takes("merge", twin, into="440304-20261123-99999-0")
    assert refusal.faults == {("into", "unknown_alert")}
    elsewhere = gravel(city.volunteer(), at=(114.0242, 22.5310))
    assert elsewhere.now["street"] != "street-futian"
    with refused("invalid") as refusal:
        merged(city, twin, elsewhere)  # of another street: not there for this one
    assert refusal.faults == {("into", "unknown_alert")}
    third = gravel(city.volunteer())
    merged(city, third, master)
    with refused("merge_closed"):
        merged(city, twin, third)
    with refused("step_conflict"):
        merged(city, third, twin)


def test_nothing_about_a_home_or_about_a_unit_is_merged(city, monday):
    one, other = (city.volunteer().reports("N0201", text="楼上漏水", answers={}) for _ in range(2))
    assert "merge" not in city.street().may(one)
    with refused("merge_private"):
        merged(city, one, other)
    with refused("merge_private"):
        merged(city, gravel(city.volunteer()), other)


def test_only_the_street_merges(city, twins):
    master, twin = twins
    for person in (city.district(), city.supervisor(), city.grid_worker()):
        with refused("forbidden_step"):
            person.takes("merge", twin, into=master.seen["number"])
