"""Who holds an alert: the street leads, nobody is sure, a unit returns it, it is redone."""

from contextlib import contextmanager

import pytest
from city import CIVIC_CENTRE, refused
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Notice

STALL = {"text": "占道摆摊，盲道走不通", "answers": {}}
NEAR_THE_DISTRICT = (114.0579, 22.70)  # plausible, but in no street's polygon
ASK = {"reason": "不归本单位", "clause": "职责清单第 7 条"}


def test_where_the_street_leads_it_signs_and_assigns_and_somebody_else_verifies(city, photo):
    stall = city.volunteer().reports("E0406", **STALL)
    assert stall.seen["lead"]["id"] == "street-futian"
    patrol = city.person("patrol", Grant("handler", "street-futian"))
    city.street().signs(stall, to=patrol)
    patrol.arrives(stall)
    patrol.submits_with(stall, photo)
    city.street().confirms(stall)
    with refused("own_lead"):
        city.street().verifies(stall)
    city.grid_worker().verifies(stall)
    assert stall.status == "resolved"


def test_whoever_handled_it_does_not_verify_it(city, photo):
    stall = city.volunteer().reports("E0406", **STALL)
    hand = city.grid_worker()
    city.street().takes("sign", stall, to=hand.id)
    hand.arrives(stall)
    hand.submits_with(stall, photo)
    city.street().confirms(stall)
    with refused("own_handling"):
        hand.verifies(stall)
    city.district().verifies(stall)


def test_what_a_volunteer_cannot_place_goes_to_the_street_with_a_clock_of_its_own(city):
    something = city.volunteer().reports("unsure", text="路边有个东西在冒烟", answers={})
    assert something.seen["status"] == "reported"
    assert something.seen["lead"] is None
    assert [each["clock"] for each in something.seen["promises"]] == ["accept"]
    city.street().accepts(something, lead="CGJ")
    assert something.now["lead"] == "CGJ"
    assert something.promise("accept")["outcome"] == "met"


def test_the_street_says_where_to_go_with_what_is_not_its_business(city):
    something = city.volunteer().reports("unsure", text="想问公积金怎么提取", answers={})
    with refused("invalid") as refusal:
        city.street().takes("decline", something, reason="other_channel")
    assert refusal.faults == {("where_instead", "missing")}
    city.street().takes("decline", something, reason="other_channel", where_instead="请打 12329")
    assert something.status == "declined"
    told = city.volunteer().sees(something)["timeline"][-1]
    assert "其他渠道" in told["sentence"]
    assert told["sentence"].startswith("福田街道分拨员不予受理")  # the street is said once
    assert told["words"] == ["请打 12329"]


@pytest.mark.both_databases
def test_where_no_street_is_known_the_district_stands_for_it(city):
    something = city.volunteer().reports(
        "unsure", text="说不清在哪", answers={}, at=NEAR_THE_DISTRICT
    )
    with refused("not_found"):
        city.street().accepts(something)
    city.district().accepts(something, lead="JTJ")
    assert something.status == "dispatched"


@pytest.mark.both_databases
def test_a_returned_alert_is_ruled_and_goes_on_with_the_time_that_was_left(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().takes("return", hole, proposed="CGJ", **ASK)
    assert hole.status == "returned"
    assert hole.promise("dispose")["state"] == "paused"
    city.clock.advance(hours=3)
    city.district().takes("rule", hole, verdict="upheld", lead="CGJ", reason="归城管", final=True)
    assert hole.now["lead"] == "CGJ"
    assert hole.promise("dispose")["state"] == "running"
    with refused("return_limit"):
        parks = city.person("parks", Grant("department_dispatcher", "CGJ"))
        parks.takes("return", hole, proposed="JTJ", **ASK)


@pytest.mark.parametrize("verdict", ["upheld", "joint"])
def test_a_ruling_names_the_other_unit(city, verdict):
    hole = city.volunteer().reports()
    city.department().takes("return", hole, proposed="CGJ", **ASK)
    [form] = [each for each in city.district().sees(hole)["steps"] if each["step"] == "rule"]
    fields = {each["name"]: each for each in form["fields"]}
    needs = {each["id"]: each.get("needs") for each in fields["verdict"]["choices"]}
    assert needs == {"upheld": ["lead"], "rejected": None, "joint": ["lead"]}
    assert fields["lead"]["proposed"] == "CGJ"
    with refused("invalid") as refusal:
        city.district().takes("rule", hole, verdict=verdict, reason="归城管")
    assert refusal.faults == {("lead", "missing")}
    assert hole.status == "returned"


def test_a_joint_ruling_calls_the_other_unit_in(city):
    hole = city.volunteer().reports()
    city.department().takes("return", hole, proposed="SWJ", **ASK)
    city.district().takes("rule", hole, verdict="joint", lead="SWJ", reason="一起办")
    assert hole.now["lead"] == "JTJ"
    assert "SWJ" in hole.now["supports"]
    water = city.person("water", Grant("department_dispatcher", "SWJ"))
    assert water.sees(hole)["id"] == hole.id


@pytest.mark.parametrize("nobody", ["JTJ", "CGJ", "grid-futian-1-1", "nobody"])
def test_work_is_given_to_a_team_or_a_person_and_to_no_desk(city, nobody):
    hole = city.volunteer().reports()
    with refused("invalid") as refusal:
        city.department().takes("sign", hole, to=nobody)
    assert refusal.faults == {("to", "not_a_hand")}


def test_a_street_that_leads_gives_no_work_to_a_desk_below_it(city):
    hole = city.volunteer().reports()
    city.street().takes("reassign", hole, lead="street-futian", reason="街道自己办")
    [sign] = [each for each in city.street().sees(hole)["steps"] if each["step"] == "sign"]
    [to] = [field for field in sign["fields"] if field["name"] == "to"]
    for unit in ("street-futian", "community-futian-1", "grid-futian-1-1"):
        assert unit not in {each["id"] for each in to["choices"]}
        with refused("invalid") as refusal:
            city.street().takes("sign", hole, to=unit)
        assert refusal.faults == {("to", "not_a_hand")}


def test_who_is_reassigned_away_loses_sight_of_it(city):
    hole = city.volunteer().reports()
    with refused("invalid") as refusal:
        city.street().takes("reassign", hole, lead="JTJ", reason="还是你们")
    assert refusal.faults == {("lead", "leads_already")}
    city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    with refused("not_found"):
        city.department().sees(hole)


@pytest.mark.both_databases
def test_not_solved_is_done_again_and_the_second_time_somebody_looks(city, photo):
    hole = city.volunteer().reports()
    solve(city, hole, photo)
    with told_by(city, hole) as told:
        city.volunteer().rates(hole, solved=False)
    assert hole.status == "signed"
    assert told == [("rework", "JTJ"), ("rework", city.handler().id)], "it goes on with both"
    solve(city, hole, photo, signed=True)
    with told_by(city, hole) as told:
        city.volunteer().rates(hole, solved=False)
    assert hole.status == "verifying"
    assert told == [("to_verify", "street-futian")]


@contextmanager
def told_by(city, alert):
    """Who is told what meanwhile, as (code, to whom), in order."""
    seen, told = {each.id for each in notices(city, alert)}, []
    yield told
    told += [(each.code, each.to_ref) for each in notices(city, alert) if each.id not in seen]


def notices(city, alert):
    with city.store.read() as session:
        mine = select(Notice).where(Notice.alert_id == alert.id)
        return session.scalars(mine.order_by(Notice.created_at, Notice.once)).all()


def solve(city, alert, photo, *, signed=False):
    if not signed:
        city.department().signs(alert, to=city.handler())
    city.handler().arrives(alert)
    city.handler().submits_with(alert, photo)
    city.department().confirms(alert)
    city.grid_worker().verifies(alert)


def test_the_handler_alone_does_not_pass_their_own_work(city, photo):
    both = city.person("both", Grant("handler", "JTJ"))
    hole = city.volunteer().reports()
    city.department().signs(hole, to=both)
    both.arrives(hole)
    both.submits_with(hole, photo)
    with refused("forbidden_step"):
        both.confirms(hole)
    city.department().takes("send_back", hole, reason="边上还没补平")
    assert hole.status == "on_site"


def test_a_danger_to_life_cannot_be_withdrawn_and_names_the_numbers(city):
    cover = city.volunteer().reports("P0103", text="井盖没了", answers={"urgency": "danger"})
    assert {each["number"] for each in cover.seen["emergency"]} == {"110", "119", "120"}
    with refused("life_safety_stays"):
        city.volunteer().takes("withdraw", cover)
    other = city.volunteer().reports(at=(CIVIC_CENTRE[0] + 0.001, CIVIC_CENTRE[1]))
    city.volunteer().takes("withdraw", other)
    assert other.status == "withdrawn"


def test_urging_is_allowed_every_four_hours(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.street().takes("urge", hole, note="请抓紧")
    with refused("urged_lately") as refusal:
        city.street().takes("urge", hole)
    assert refusal.problem["detail"] == (
        "刚催办过，4 小时内只能催一次。请在 11月23日14:00 之后再催。"
    )
    city.clock.jump(hours=4)
    city.street().takes("urge", hole)
    assert hole.timeline().count("urge") == 2


def test_the_street_s_urge_does_not_silence_the_supervisor_nor_the_other_way_round(city):
    hole = city.volunteer().reports()
    city.street().takes("urge", hole)
    city.clock.advance(hours=1)
    city.supervisor().takes("urge", hole)
    for person in (city.street(), city.supervisor()):
        assert "urge" not in person.may(hole)
        with refused("urged_lately"):
            person.takes("urge", hole)
    city.clock.advance(hours=3)
    assert "urge" in city.street().may(hole)
    assert "urge" not in city.supervisor().may(hole)


def test_what_the_ladder_urges_silences_nobody(city):
    hole = city.volunteer().reports()
    city.clock.advance(days=2)
    assert "notify" in hole.timeline()
    city.street().takes("urge", hole)
    city.supervisor().takes("urge", hole)


def test_a_refusal_names_steps_statuses_units_and_people_in_words(city):
    hole = city.volunteer().reports()
    seen = dict(hole.seen)
    city.department().signs(hole)
    hole.seen = seen
    with refused("version_conflict") as refusal:
        city.street().takes("reassign", hole, lead="CGJ", reason="归城管")
    assert refusal.problem["detail"].startswith("市交通运输局福田管理局刚刚已办理“签收”")
    hole.seen = hole.now
    with refused("forbidden_step") as refusal:
        city.volunteer().takes("urge", hole)
    assert "这一步由街道、督办专员办理" in refusal.problem["detail"]
    with refused("step_conflict") as refusal:
        city.street().takes("decline", hole, reason="other_channel", where_instead="12345")
    assert "当前状态是“办理中·待到场”" in refusal.problem["detail"]


def test_who_was_urged_is_left_alone_for_four_hours(city):
    hole = city.volunteer().reports()
    city.street().takes("urge", hole)
    city.clock.advance(hours=3, minutes=59)
    with refused("urged_lately"):
        city.street().takes("urge", hole)
    city.clock.advance(minutes=1)
    city.street().takes("urge", hole)
    assert hole.timeline().count("urge") == 2


def test_a_danger_to_life_is_not_declined_until_somebody_says_that_there_is_none(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    fire = city.volunteer().reports("P0103", text="井盖没了", answers={"urgency": "danger"})
    elsewhere = {"reason": "other_channel", "where_instead": "请拨 12345"}
    assert "decline" not in city.street().may(fire)
    with refused("life_safety_first"):
        city.street().takes("decline", fire, **elsewhere)
    city.street().takes("correct", fire, life_safety=False, reason="现场没有危险")
    city.street().takes("decline", fire, **elsewhere)
    assert fire.status == "declined"
