"""Units that come and help: each by clocks of its own, beside the lead."""

import pytest
from city import refused
from endings import void

from dispatch.domain.roles import Grant
from dispatch.installation.verify_store import verify_store
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version
from dispatch.store.tables import Notice
from dispatch.telling.deliver_notices import deliver_notices

COLLAPSE = {"text": "路面塌了一个大洞，车过不去", "answers": {}}
FIRST = {"street-futian": "to_sign"}  # the street comes first, whoever leads
ASK = {"reason": "不归本单位", "clause": "职责清单第 7 条", "proposed": "CGJ"}
FROM_THE_POLICE = {"unit": "JJDD", "reason": "封路疏导"}


@pytest.fixture
def monday(city):
    city.clock.reads("2026-11-23T10:00:00+08:00")


@pytest.fixture
def collapse(city, monday):
    """A collapsed road: the road people lead, the traffic police have to come, three are told."""
    yield city.volunteer().reports("E0505", **COLLAPSE)
    _nothing_differs(city)


@pytest.fixture
def police(city):
    return city.person("police desk", Grant("department_dispatcher", "JJDD"))


@pytest.fixture
def officer(city):
    return city.person("officer", Grant("handler", "JJDD"))


def told(city, unit):
    """What a unit's desk was told."""
    deliver_notices(city.store)
    with city.store.read() as session:
        found = session.query(Notice).filter_by(to_ref=unit, state="sent")
        return [each.code for each in found.order_by(Notice.created_at, Notice.id)]


def ends(alert, unit):
    """How each clock of a unit that helps ended."""
    mine = [one for one in alert.now["promises"] if one["support"] == unit]
    return {one["clock"]: one["state"] for one in mine}


def test_who_has_to_come_is_called_at_dispatch_with_clocks_and_who_is_told_owes_nothing(
    city, collapse
):
    assert collapse.helping() == FIRST | {
        "JJDD": "to_sign",
        "ZJJ": "informed",
        "SWJ": "informed",
        "YJJ": "informed",
    }
    for clock in ("sign", "arrive", "dispose"):
        assert collapse.promise_of("JJDD", clock)["due_at"] == collapse.promise(clock)["due_at"]
    assert {one["support"] for one in collapse.now["promises"]} == {None, "JJDD", *FIRST}
    assert (told(city, "JJDD"), told(city, "SWJ")) == (["support_to_sign"], ["support_informed"])
    assert "first_to_sign" in told(city, "street-futian")
    [line] = [one for one in collapse.now["timeline"] if one["code"] == "dispatch"]
    assert line["sentence"].endswith("福田管理局，福田交警大队协办，福田街道先期处置")


def test_a_support_that_signs_late_moves_none_of_the_lead_s_clocks(city, collapse, police):
    before = [collapse.promise(clock)["due_at"] for clock in ("arrive", "dispose")]
    city.department().signs(collapse)
    assert ends(collapse, "JJDD") == {"sign": "running", "arrive": "running", "dispose": "running"}
    city.clock.advance(minutes=12)
    police.takes("support_sign", collapse)
    assert collapse.promise("sign")["state"] == "met"
    assert collapse.promise_of("JJDD", "sign")["state"] == "missed"
    assert [collapse.promise(clock)["due_at"] for clock in ("arrive", "dispose")] == before
    assert ends(collapse, "JJDD") == {"sign": "missed", "arrive": "running", "dispose": "running"}


def test_a_lead_that_signs_late_moves_none_of_the_support_s_clocks(city, collapse, police):
    police.takes("support_sign", collapse)
    before = collapse.promise_of("JJDD", "dispose")["due_at"]
    city.clock.advance(minutes=12)
    city.department().signs(collapse)
    assert collapse.promise("sign")["state"] == "missed"
    assert collapse.promise_of("JJDD", "sign")["state"] == "met"
    assert collapse.promise_of("JJDD", "dispose")["due_at"] == before


def test_the_lead_confirms_and_what_is_missing_then_is_the_supports(
    city, collapse, police, officer, photo
):
    road_people = city.handler()
    city.department().signs(collapse, to=road_people)
    road_people.arrives(collapse)
    road_people.submits_with(collapse, photo)
    city.department().confirms(collapse)
    assert (collapse.now["status"], collapse.now["awaited"]) == ("submitted", ["JJDD"])
    with refused("supports_at_work") as refusal:
        city.department().confirms(collapse)
    assert "福田交警大队" in refusal.problem["detail"]
    police.takes("support_sign", collapse, to=officer.id)
    assert [one["id"] for one in officer.asks("GET", "tasks")["tasks"]] == [collapse.id]
    officer.takes("support_arrive", collapse, position=_here())
    officer.takes("support_finish", collapse, done="已封闭车道，交通恢复")
    assert officer.asks("GET", "tasks")["tasks"] == []
    assert ends(collapse, "JJDD") == {"sign": "met", "arrive": "met", "dispose": "met"}
    assert told(city, "JTJ")[-1] == "support_finished"
    assert told(city, "street-futian")[-1] == "to_verify"
    assert (collapse.now["status"], collapse.now["awaited"]) == ("verifying", [])
    said = [one["sentence"] for one in collapse.now["timeline"] if "support" in one["code"]]
    assert said == [
        "福田交警大队 · 部门调度员已签收协办，已派人前往",
        "福田交警大队 · 处置人员已到场协办",
        "福田交警大队 · 处置人员已完成协办，协办都已完成，转核实",
        "福田街道的先期处置随“审核通过”结束",
    ]


def _here():
    return {"lon": 114.0579, "lat": 22.5431, "accuracy_m": 15, "crs": "wgs84"}


def test_the_steps_of_a_support_come_in_their_order_and_are_its_own(
    city, collapse, police, officer
):
    assert police.may(collapse) == {"note", "support_sign"}
    assert officer.may(collapse) == {"note"}
    with refused("support_conflict"):
        officer.takes("support_finish", collapse, done="好了")
    with refused("forbidden_step"):
        city.department().takes("support_sign", collapse)
    police.takes("support_sign", collapse)
    with refused("support_conflict"):
        police.takes("support_sign", collapse)
    assert police.may(collapse) == {"note", "support_assign"}
    assert officer.may(collapse) == {"note", "support_arrive"}
    with refused("forbidden_step"):
        city.handler().takes("support_arrive", collapse, position=_here())
    with refused("too_far_away"):
        officer.takes("support_arrive", collapse, position=_here() | {"lat": 22.55})
    officer.takes("support_arrive", collapse, position=_here())
    assert officer.may(collapse) == {"note", "support_finish"}
    assert collapse.status == "dispatched"


def test_a_support_s_own_hands_are_offered_and_no_others(city, collapse, police, officer):
    stranger = city.handler()
    [step] = [one for one in police.sees(collapse)["steps"] if one["step"] == "support_sign"]
    [to] = [one for one in step["fields"] if one["name"] == "to"]
    assert [each["id"] for each in to["choices"]] == [officer.id]
    with refused("invalid"):
        police.takes("support_sign", collapse, to=stranger.id)


@pytest.mark.both_databases
def test_a_released_support_owes_nothing_and_sees_it_no_more(city, collapse, police):
    city.department().signs(collapse)
    city.street().takes("release_support", collapse, unit="JJDD", reason="已用围挡封好")
    assert ends(collapse, "JJDD") == dict.fromkeys(("sign", "arrive", "dispose"), "ended")
    assert "JJDD" not in collapse.helping()
    assert told(city, "JJDD") == ["support_to_sign", "support_released"]
    with refused("not_found"):
        police.sees(collapse)
    with refused("invalid"):
        city.street().takes("release_support", collapse, unit="JJDD", reason="再解除一次")


def test_a_support_s_overdue_card_is_its_own_and_the_alert_wears_the_worst(
    city, collapse, police, officer, photo
):
    city.department().signs(collapse, to=city.handler())
    city.handler().arrives(collapse)
    police.takes("support_sign", collapse, to=officer.id)
    city.clock.advance(minutes=31)
    assert collapse.promise_of("JJDD", "arrive")["card"] == "red"
    assert collapse.promise("dispose")["card"] is None
    assert collapse.now["card"] == "red"
    assert "card" in told(city, "JJDD")
    assert told(city, officer.id) == ["task", "remind", "notify"]
    assert "supervise" in told(city, "street-futian")  # late first: its limit is shorter
    assert {"card", "supervise"}.isdisjoint(told(city, "JTJ"))
    line = [one for one in collapse.now["timeline"] if one["code"] == "card"][-1]
    assert line["sentence"] == "福田交警大队协办“到场”超时，亮红牌"
    [row] = city.supervisor().asks("GET", "reports/overdue")["rows"]
    assert (row["department"], row["clock"]) == ("street-futian", "sign")  # the longest overdue
    listed = city.supervisor().asks("GET", "alerts?overdue=1")["alerts"]
    assert [each["id"] for each in listed] == [collapse.id]
    officer.takes("support_arrive", collapse, position=_here())
    assert collapse.promise_of("JJDD", "arrive")["state"] == "missed"
    assert {one["support"] for one in collapse.now["promises"] if one["card"]} >= {*FIRST}


def test_while_the_lead_s_return_is_ruled_on_the_support_works_on(city, collapse, police):
    before = collapse.promise_of("JJDD", "dispose")["due_at"]
    city.sends_first_response(collapse)
    city.department().takes("return", collapse, **ASK)
    assert ends(collapse, "JJDD")["dispose"] == "running"
    police.takes("support_sign", collapse)
    city.clock.advance(minutes=5)
    city.district().takes("rule", collapse, verdict="upheld", lead="CGJ", reason="树池归城管")
    assert collapse.now["lead"] == "CGJ"
    assert collapse.promise_of("JJDD", "dispose")["due_at"] == before
    assert collapse.helping()["JJDD"] == "signed"


def test_a_new_lead_leaves_the_supports_alone_and_helps_no_more_itself(city, collapse, police):
    city.street().takes("reassign", collapse, lead="SWJ", reason="管道漏水冲空")
    assert collapse.helping() == FIRST | {"JJDD": "to_sign", "ZJJ": "informed", "YJJ": "informed"}
    assert ends(collapse, "JJDD")["sign"] == "running"
    city.street().takes("reassign", collapse, lead="JJDD", reason="先由交警处置")
    assert "JJDD" not in collapse.helping()
    assert ends(collapse, "JJDD") == dict.fromkeys(("sign", "arrive", "dispose"), "ended")
    assert collapse.promise("sign")["unit"] == "JJDD"


def test_a_joint_ruling_calls_the_other_unit_in_with_clocks_from_then(city, monday):
    hole = city.volunteer().reports()
    city.department().takes("return", hole, **ASK)
    city.clock.advance(minutes=30)
    city.district().takes("rule", hole, verdict="joint", lead="CGJ", reason="树和路都要修")
    assert hole.helping() == {"CGJ": "to_sign"}
    assert hole.promise_of("CGJ", "sign")["started_at"] == hole.promise("sign")["started_at"]
    assert told(city, "CGJ") == ["support_to_sign"]


def test_the_street_that_accepts_calls_in_whom_the_rules_call(city, monday, settings):
    files = read_folder(settings.playbook)
    leads = files["rules.yaml"].decode()
    files["rules.yaml"] = leads.replace(
        "    lead: JTJ\n", "    lead: JTJ\n    needs_person: true\n", 1
    ).encode()
    with city.store.write() as deed:
        publish_version(deed.session, files, "a person looks first", deed.now)
    city.store.forget_playbook()
    collapse = city.volunteer().reports("E0505", **COLLAPSE)
    assert (collapse.status, collapse.helping()) == ("reported", {})
    city.clock.advance(minutes=5)
    city.street().accepts(collapse)
    assert collapse.helping()["JJDD"] == "to_sign"
    assert collapse.promise_of("JJDD", "sign")["due_at"] == collapse.promise("sign")["due_at"]
    assert told(city, "JJDD") == ["support_to_sign"]
    [line] = [one for one in collapse.now["timeline"] if one["code"] == "accept"]
    assert line["sentence"].endswith("福田交警大队协办，福田街道先期处置")


def test_a_support_is_called_by_hand_once_and_who_was_told_may_have_to_come(city, monday):
    hole = city.volunteer().reports()
    city.department().signs(hole)
    call = {"unit": "JJDD", "reason": "请封路疏导"}
    city.department().takes("call_support", hole, mode="informed", **call)
    assert hole.helping() == {"JJDD": "informed"}
    with refused("invalid"):
        city.department().takes("call_support", hole, mode="informed", **call)
    city.street().takes("call_support", hole, mode="required", **call)
    assert hole.helping() == {"JJDD": "to_sign"}
    assert set(ends(hole, "JJDD").values()) == {"running"}
    for again in ({"mode": "required"}, {"mode": "informed"}, {"unit": "JTJ", "mode": "required"}):
        with refused("invalid") as refusal:
            city.department().takes("call_support", hole, **(call | again))
        assert refusal.faults == {("unit", "called_already")}
    said = [one["sentence"] for one in hole.now["timeline"] if one["code"] == "call_support"]
    assert said[0].endswith("知会福田交警大队")
    assert said[1].endswith("请求福田交警大队协办")


def test_who_has_finished_can_be_called_again(city, monday, police, officer):
    hole = city.volunteer().reports()
    city.department().signs(hole)
    for _ in range(2):
        city.department().takes("call_support", hole, mode="required", **FROM_THE_POLICE)
        police.takes("support_sign", hole, to=officer.id)
        officer.takes("support_arrive", hole, position=_here())
        officer.takes("support_finish", hole, done="已疏导")
    assert hole.helping() == {"JJDD": "finished"}
    assert len([one for one in hole.now["promises"] if one["support"] == "JJDD"]) == 6


def test_whatever_closes_an_alert_ends_the_clocks_of_its_supports(city, collapse, police):
    void(city, collapse)
    assert ends(collapse, "JJDD") == dict.fromkeys(("sign", "arrive", "dispose"), "ended")
    fired = city.clock.advance(days=3)["fired"]
    assert fired == 0
    with refused("not_found"):
        police.sees(collapse)


def test_the_reporter_is_promised_what_the_lead_promised(city, collapse):
    seen = city.volunteer().sees(collapse)
    assert {one["support"] for one in seen["promises"]} == {None}
    assert seen["helping"] == []
    [listed] = city.volunteer().asks("GET", "alerts?mine=1")["alerts"]
    assert [one["clock"] for one in listed["promises"]] == ["sign", "arrive", "dispose"]
    assert [one["clock"] for one in collapse.seen["promises"]] == ["arrive", "dispose", "sign"]


def test_rework_goes_on_with_the_lead_s_own_rest(city, collapse, police, officer, photo):
    city.department().signs(collapse, to=city.handler())
    city.handler().arrives(collapse)
    city.clock.advance(minutes=60)
    city.handler().submits_with(collapse, photo)
    police.takes("support_sign", collapse, to=officer.id)
    officer.takes("support_arrive", collapse, position=_here())
    officer.takes("support_finish", collapse, done="已疏导")
    city.department().takes("send_back", collapse, reason="护栏没收")
    city.clock.advance(minutes=15)
    city.handler().submits_with(collapse, photo)
    city.department().confirms(collapse)
    again = {"reason": "又陷了", "photos": ["0" * 64]}
    city.grid_worker().takes("verify_fail", collapse, **again)
    assert collapse.promise("dispose")["remaining_s"] == 45 * 60


def test_while_the_alert_is_put_off_the_supports_wait_as_well_and_go_on_with_it(
    city, monday, police
):
    hole = city.volunteer().reports()
    city.department().signs(hole)
    city.department().takes("call_support", hole, mode="required", **FROM_THE_POLICE)
    due = hole.promise_of("JJDD", "dispose")["due_at"]
    put_off = {"until": "2026-12-07", "plan": "到货后施工", "reason": "等材料"}
    city.department().takes("suspend", hole, **put_off)
    city.district().takes("grant_suspension", hole)
    assert set(ends(hole, "JJDD").values()) == {"paused"}
    assert police.may(hole) == {"note"}
    with refused("step_conflict"):
        police.takes("support_sign", hole)
    _nothing_differs(city)
    city.clock.walk_to("2026-12-07T09:00:00+08:00")
    assert hole.status == "signed"
    assert set(ends(hole, "JJDD").values()) == {"running"}
    assert hole.promise_of("JJDD", "dispose")["due_at"] > due
    police.takes("support_sign", hole)
    _nothing_differs(city)


def test_who_is_called_after_it_was_asked_to_put_it_off_was_late_all_the_same(city, monday, police):
    hole = city.volunteer().reports()
    city.department().signs(hole)
    put_off = {"until": "2026-12-07", "plan": "到货后施工", "reason": "等材料"}
    city.department().takes("suspend", hole, **put_off)
    city.department().takes("call_support", hole, mode="required", **FROM_THE_POLICE)
    city.clock.walk_to("2026-11-25T10:00:00+08:00")
    before = hole.promise_of("JJDD", "sign")
    assert before["card"] == "yellow"
    city.district().takes("grant_suspension", hole)
    after = hole.promise_of("JJDD", "sign")
    assert (after["due_at"], after["card"]) == (before["due_at"], "yellow")
    assert hole.promise("dispose")["due_at"] is None
    _nothing_differs(city)
    city.clock.walk_to("2026-12-07T09:00:00+08:00")
    assert hole.promise_of("JJDD", "sign")["due_at"] == before["due_at"]
    _nothing_differs(city)


def test_what_is_opened_again_waits_for_nobody_who_was_called_before(
    city, monday, police, officer, photo
):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.department().takes("call_support", hole, mode="required", **FROM_THE_POLICE)
    police.takes("support_sign", hole, to=officer.id)
    officer.takes("support_arrive", hole, position=_here())
    officer.takes("support_finish", hole, done="已疏导")
    city.handler().arrives(hole)
    city.handler().submits_with(hole, photo)
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    city.volunteer().rates(hole)
    city.street().takes("reopen", hole, reason="又裂开了")
    assert hole.helping() == {"JJDD": "finished"}
    _nothing_differs(city)


def _nothing_differs(city):
    found = [each.params for check in verify_store(city.store) for each in check.differences]
    assert found == []
