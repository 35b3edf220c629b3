"""Kind, place, severity and danger can be put right as long as an alert is open."""

import pytest
from city import CIVIC_CENTRE, refused
from correcting import WHY, corrects
from moving import MONDAY_TEN, differences, due_at, sentences, told, told_to_the_reporter

from dispatch.domain.roles import Grant

ELSEWHERE = {"lon": 114.0579, "lat": 22.556, "crs": "wgs84"}  # in the schematic 莲花街道
AWAY = {"until": "2026-12-20", "plan": "等定制的井盖", "reason": "没有备件"}


@pytest.fixture
def hole(city):
    """A hole in the road on Monday at ten: 5 work days, led by JTJ."""
    city.clock.reads(MONDAY_TEN)
    yield city.volunteer().reports()
    assert differences(city) == []


@pytest.fixture
def collapse(city):
    """A collapsed road: danger to life, two hours, led by JTJ as well."""
    city.clock.reads(MONDAY_TEN)
    yield city.volunteer().reports("E0505", answers={})
    assert differences(city) == []


def test_another_place_belongs_to_its_own_street_from_then_on(city, hole):
    other = city.person("lianhua", Grant("street_dispatcher", "street-lianhua"))
    with refused("not_found"):
        other.sees(hole)
    corrects(city, hole, place=ELSEWHERE)
    page = other.sees(hole)
    assert (page["street"], page["grid"]) == ("street-lianhua", "grid-lianhua-2-1")
    assert (page["lon"], page["lat"], page["lead"]) == (114.0579, 22.556, "JTJ")
    assert page["text"] == "路面塌了一个坑，有半米宽"
    with refused("not_found"):
        city.street().sees(hole)
    assert "corrected" in told_to_the_reporter(city)
    assert "correct" in other.may(hole)


def test_a_place_may_be_named_by_its_grid_where_nobody_knows_the_point(city, hole):
    corrects(city, hole, place={"grid": "grid-lianhua-2-2"})
    assert (hole.now["street"], hole.now["lon"]) == ("street-lianhua", None)


@pytest.mark.both_databases
def test_another_kind_goes_to_the_unit_that_the_rules_name_for_it(city, hole):
    city.department().signs(hole, to=city.handler())
    corrects(city, hole, category="E0114")
    assert (hole.now["status"], hole.now["lead"], hole.now["handler"]) == (
        "dispatched",
        "CGJ",
        None,
    )
    assert (hole.promise("sign")["unit"], due_at(hole, "sign")) == ("CGJ", "11-23 11:00")
    assert told(city, "to_sign") == ["JTJ", "CGJ"]
    assert told(city, "taken_away") == ["JTJ", city.handler().id]
    assert sentences(city.street(), hole)[-2:] == [
        (
            "福田街道分拨员更正了类别：“道路破损”改为“道路遗撒”"
            "；办结日期由11月30日18:00改为11月23日16:00"
        ),
        "规则重新判断：改由区城市管理和综合执法局办理；知会福田交警大队",
    ]
    with refused("not_found"):
        city.department().sees(hole)


def test_the_decision_shown_is_the_new_one_and_the_old_one_stays_in_the_story(city, hole):
    corrects(city, hole, category="E0114")
    decision = city.street().sees(hole)["decision"]
    assert decision["lead"] == "CGJ"
    assert "更正后" in decision["sentence"]
    assert hole.timeline()[-3:] == ["dispatch", "correct", "decide_again"]


def test_a_shorter_limit_counts_from_the_correction(city, hole):
    city.department().signs(hole)
    city.clock.advance(hours=1)
    corrects(city, hole, category="E0505")
    assert (hole.now["status"], hole.now["lead"]) == ("signed", "JTJ")
    assert (hole.now["life_safety"], hole.now["severity"]) == (True, 1)
    assert (due_at(hole, "arrive"), due_at(hole)) == ("11-23 11:30", "11-23 13:00")
    assert told(city, "corrected").count("JTJ") == 1
    assert "corrected" in told_to_the_reporter(city)


def test_a_longer_limit_counts_from_the_beginning_and_the_reporter_is_told(city, collapse, hole):
    city.clock.advance(minutes=5)
    corrects(city, collapse, category="E0113", life_safety=False)
    assert (due_at(collapse), due_at(collapse, "sign")) == (due_at(hole), due_at(hole, "sign"))
    assert not collapse.now["life_safety"]
    assert "corrected" in told_to_the_reporter(city)


def test_what_is_late_stays_late(city, collapse):
    city.clock.advance(hours=3)
    before = collapse.promise("dispose")
    corrects(city, collapse, category="E0113")
    after = collapse.promise("dispose")
    assert (after["due_at"], after["card"]) == (before["due_at"], before["card"])
    assert (after["card"], collapse.now["card"]) == ("red", "red")


def test_severity_alone_is_a_matter_of_the_desks(city, hole):
    city.street().takes("reassign", hole, lead="SWJ", reason="水管破裂引起")
    corrects(city, hole, severity="severity_1")
    assert (hole.now["severity"], hole.now["lead"]) == (1, "SWJ")
    assert told_to_the_reporter(city) == {"dispatched"}
    corrects(city, hole, place=ELSEWHERE)
    assert hole.now["severity"] == 1  # the rules do not take back what a person set
    assert hole.now["lead"] == "SWJ"


def test_danger_to_life_counts_at_once_in_whatever_kind(city, hole):
    city.clock.advance(minutes=1)
    corrects(city, hole, life_safety=True)
    assert hole.now["life_safety"]
    assert "withdraw" not in city.volunteer().may(hole)
    city.clock.walk_to("2026-11-24T18:30:00+08:00")
    assert hole.promise("sign")["card"] == "red"


def test_what_nobody_accepted_yet_is_dispatched_once_its_kind_is_known(city):
    city.clock.reads(MONDAY_TEN)
    something = city.volunteer().reports("unsure", answers={})
    corrects(city, something, category="E0113")
    assert (something.now["status"], something.now["lead"]) == ("dispatched", "JTJ")
    assert something.promise("accept")["outcome"] == "met"
    assert due_at(something) == "11-30 18:00"
    assert "dispatched" in told_to_the_reporter(city)
    city.department().signs(something)
    assert differences(city) == []


def test_what_waits_at_the_wrong_street_goes_to_the_desk_of_the_right_one(city):
    city.clock.reads(MONDAY_TEN)
    something = city.volunteer().reports("unsure", answers={})
    city.clock.advance(minutes=20)
    corrects(city, something, place=ELSEWHERE)
    assert something.now["status"] == "reported"
    assert told(city, "to_accept") == ["street-futian", "street-lianhua"]
    assert something.promise("accept")["unit"] == "street-lianhua"
    assert due_at(something, "accept") == "11-23 10:50"
    assert differences(city) == []


def put_off(city, hole):
    city.department().takes("suspend", hole, **AWAY)
    city.district().takes("grant_suspension", hole)


def on_site(city, hole, photo):
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)


def submitted(city, hole, photo):
    on_site(city, hole, photo)
    city.handler().submits_with(hole, photo)


def verifying(city, hole, photo):
    submitted(city, hole, photo)
    city.department().confirms(hole)


def resolved(city, hole, photo):
    verifying(city, hole, photo)
    city.grid_worker().verifies(hole)


def returned(city, hole, photo):
    said = {"reason": "不归我们", "proposed": "CGJ", "clause": "第三条"}
    city.department().takes("return", hole, **said)


def suspended(city, hole, photo):
    city.department().signs(hole)
    put_off(city, hole)


WAYS = {
    "dispatched": lambda *_: None,
    "signed": lambda city, hole, _: city.department().signs(hole),
    **{way.__name__: way for way in (on_site, submitted, verifying, resolved, returned, suspended)},
}
WORK_IS_ELSEWHERE = {"submitted", "verifying", "resolved", "returned", "suspended"}


@pytest.mark.parametrize("status", WAYS)
@pytest.mark.parametrize(
    "right",
    [{"category": "E0505"}, {"category": "E0114"}, {"place": ELSEWHERE}, {"life_safety": True}],
    ids=lambda right: "-".join(right) + str(next(iter(right.values())))[:6],
)
def test_it_is_corrected_in_every_open_status(city, hole, photo, status, right):
    WAYS[status](city, hole, photo)
    assert hole.status == status
    version = hole.now["version"]
    city.district().takes("correct", hole, **WHY | right)
    now = hole.now
    goes_on = status == "suspended" and now["life_safety"]
    assert now["version"] == version + (2 if goes_on else 1)
    status = "signed" if goes_on else status
    moves = right == {"category": "E0114"} and status not in WORK_IS_ELSEWHERE
    assert (now["status"], now["lead"]) == (("dispatched", "CGJ") if moves else (status, "JTJ"))
    assert {name: now[name] for name in right if name != "place"} == {
        name: value for name, value in right.items() if name != "place"
    }
    if status == "suspended":
        city.department().takes("resume", hole)
    if status == "returned":
        city.district().takes("rule", hole, verdict="rejected", reason="归你们")


def test_what_is_not_moved_says_whom_the_rules_would_name(city, hole, photo):
    submitted(city, hole, photo)
    corrects(city, hole, category="E0114")
    assert sentences(city.street(), hole)[-1] == (
        "规则重新判断：这一类由区城市管理和综合执法局负责，现承办单位不变；知会福田交警大队"
    )


def test_the_ruling_finds_the_unit_of_the_right_kind_proposed(city, hole, photo):
    returned(city, hole, photo)
    corrects(city, hole, category="E0108")
    [rule] = [each for each in city.district().sees(hole)["steps"] if each["step"] == "rule"]
    assert next(f["proposed"] for f in rule["fields"] if f["name"] == "lead") == "CGJ"


def test_a_correction_says_what_is_different_and_why(city, hole):
    with refused("invalid") as refusal:
        city.street().takes("correct", hole, category="E0114")
    assert refusal.faults == {("reason", "missing")}
    with refused("nothing_corrected"):
        corrects(city, hole)
    with refused("nothing_corrected"):
        corrects(city, hole, category="E0113", life_safety=False)
    with refused("invalid") as refusal:
        corrects(city, hole, category="E9999")
    assert refusal.faults == {("category", "unknown_value")}
    with refused("invalid") as refusal:
        corrects(city, hole, category="unsure")
    assert refusal.faults == {("category", "unknown_value")}
    with refused("invalid") as refusal:
        corrects(city, hole, place={"grid": "street-futian"})
    assert refusal.faults == {("place.grid", "unknown_value")}
    with refused("place_implausible"):
        corrects(city, hole, place={"lon": 116.4, "lat": 39.9})
    with refused("forbidden_step"):
        city.department().takes("correct", hole, category="E0114", **WHY)


def test_of_two_corrections_at_once_the_second_is_told(city, hole):
    seen = dict(hole.seen)
    corrects(city, hole, category="E0114")
    hole.seen = seen
    with refused("version_conflict") as refusal:
        city.district().takes("correct", hole, category="E0108", **WHY)
    assert "福田街道刚刚已办理“更正”" in refusal.problem["detail"]


def test_units_that_only_the_old_kind_needed_are_released_before_they_signed(city, collapse):
    """Traffic police come to a collapsed road, and not to a mere hole."""
    assert "JJ" in collapse.helping() or collapse.helping()
    helping = set(collapse.helping())
    corrects(city, collapse, category="E0113", life_safety=False)
    assert not helping & set(collapse.helping())
    assert set(told(city, "support_released")) | set(told(city, "first_released")) == helping
    assert told(city, "first_released") == ["street-futian"]


def test_units_that_only_the_new_kind_needs_are_called(city, hole, collapse):
    corrects(city, hole, category="E0505")
    assert hole.helping() == collapse.helping()


@pytest.mark.both_databases
def test_what_nobody_could_place_reaches_a_unit_with_its_kind(city):
    city.clock.reads(MONDAY_TEN)
    something = city.volunteer().reports("unsure", answers={}, at=CIVIC_CENTRE)
    [accept] = [each for each in city.street().sees(something)["steps"] if each["step"] == "accept"]
    assert {f["name"]: f["required"] for f in accept["fields"]} == {
        "lead": True,
        "category": True,
        "place": False,
        "note": False,
    }
    with refused("invalid") as refusal:
        city.street().takes("accept", something, lead="JTJ")
    assert refusal.faults == {("category", "missing")}
    city.street().takes("accept", something, lead="JTJ", category="E0505", place=ELSEWHERE)
    now = something.now
    assert (now["category"], now["street"], now["life_safety"]) == ("E0505", "street-lianhua", True)
    assert due_at(something) == "11-23 12:00"
    assert now["timeline"][-2]["sentence"].startswith(
        "福田街道分拨员受理，类别定为“路面塌陷”，位置改到莲花街道，派给"
    )
    assert differences(city) == []


def test_the_board_of_the_street_that_loses_it_lets_it_go(city, hole):
    board = city.street().asks("GET", "board")
    corrects(city, hole, place=ELSEWHERE)
    changes = city.street().asks("GET", f"board/changes?after={board['cursor']}")
    assert hole.id in str(changes)
    assert hole.id not in {card["id"] for card in city.street().asks("GET", "board")["cards"]}
    other = city.person("lianhua", Grant("street_dispatcher", "street-lianhua"))
    assert hole.id in {card["id"] for card in other.asks("GET", "board")["cards"]}


def test_what_was_corrected_is_no_more_the_same_problem_as_its_neighbour(city, hole):
    city.clock.advance(minutes=1)
    twin = city.person("neighbour").reports()
    assert city.street().sees(twin)["same_problem"]["number"] == hole.seen["number"]
    corrects(city, twin, category="E0505")
    assert city.street().sees(twin)["same_problem"] is None
    assert twin.now["decision"]["lead"] == "JTJ"


def test_the_same_report_again_is_answered_as_it_stands_now(city, hole):
    corrects(city, hole, category="E0114")
    again = city.volunteer().sends_report(hole.id)
    assert (again["lead"]["id"], again["status"]) == ("CGJ", "dispatched")
    assert "交通" not in again["reason"]


@pytest.mark.parametrize(
    ("step", "said"), [("accept", {"lead": "JTJ"}), ("correct", WHY)], ids=["accept", "correct"]
)
def test_an_accusation_is_no_kind_to_choose_and_is_declined(city, step, said):
    something = city.volunteer().reports("unsure", answers={})
    steps = {each["step"]: each for each in city.street().sees(something)["steps"]}
    [category] = [field for field in steps[step]["fields"] if field["name"] == "category"]
    assert not {"N1303", "unsure"} & {each["id"] for each in category["choices"]}
    with refused("accusation_as_kind") as refusal:
        city.street().takes(step, something, category="N1303", **said)
    assert "请办理“不予受理”，原因选“属检举控告”" in refusal.problem["detail"]
    city.street().takes("decline", something, reason="accusation", where_instead="12388")


def test_a_correction_to_another_street_names_it_in_the_story(city, hole):
    corrects(city, hole, place=ELSEWHERE)
    assert sentences(city.supervisor(), hole)[-2] == (
        "福田街道分拨员更正了地点：移动约 1400 米，原在福田街道，改到莲花街道"
    )


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("right", "said"),
    [
        ({"severity": "severity_1"}, "严重程度：3 级 → 1 级（最重）"),
        (
            {"life_safety": True},
            "人身安全：不涉及 → 涉及；办结日期由11月30日18:00改为11月23日14:00",
        ),
        ({"place": {"lon": 114.0579, "lat": 22.542, "crs": "wgs84"}}, "地点：移动约 120 米"),
        ({"place": {"grid": "grid-futian-1-2"}}, "地点：改到福田示范社区一第2网格"),
        (
            {"severity": "severity_2", "category": "E0114"},
            (
                "类别：“道路破损”改为“道路遗撒”；严重程度：3 级 → 2 级"
                "；办结日期由11月30日18:00改为11月23日16:00"
            ),
        ),
    ],
    ids=["severity", "danger", "pin", "grid", "several"],
)
def test_the_story_says_from_what_to_what(city, hole, right, said):
    corrects(city, hole, **right)
    [line] = [each for each in hole.now["timeline"] if each["code"] == "correct"]
    assert line["sentence"] == f"福田街道分拨员更正了{said}"


def test_whom_a_correction_calls_tells_and_releases_stands_in_the_story(city, hole):
    corrects(city, hole, life_safety=True)
    last = sentences(city.street(), hole)[-1]
    assert last.startswith("规则重新判断：仍由市交通运输局福田管理局办理；请福田街道先期处置")
    corrects(city, hole, life_safety=False)
    assert "福田街道不用再来" in sentences(city.street(), hole)[-1]


def test_whoever_corrects_an_alert_out_of_their_street_is_told_whose_it_is_now(city, hole):
    there = corrects(city, hole, place=ELSEWHERE)
    assert there["left"] == "已更正，现归莲花街道，不在您的列表里了。"
    back = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "crs": "wgs84"}
    again = city.district().takes("correct", hole, place=back, **WHY)
    assert again["left"] is None, "the district sees it wherever it is"
