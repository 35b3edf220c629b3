"""A danger that is known late counts from then on as one, and no side effect makes it less."""

from datetime import timedelta

import pytest
from city import refused
from correcting import corrects
from moving import MONDAY_TEN, differences, due_at, sentences, told
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.tables import Promise

ZONE = timedelta(hours=8)


@pytest.fixture
def hole(city):
    """A hole in the road on Monday at ten: 5 work days, led by JTJ."""
    city.clock.reads(MONDAY_TEN)
    yield city.volunteer().reports()
    assert differences(city) == []


@pytest.fixture
def collapse(city):
    """A collapsed road: danger to life, two hours; the street comes first, the police help."""
    city.clock.reads(MONDAY_TEN)
    yield city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})
    assert differences(city) == []


def of_the_lead(alert, clock="dispose"):
    """The promises of this clock that the lead made, as limit and outcome or state."""
    return [
        (" ".join(map(str, each["limit"].values())), each["outcome"] or each["state"])
        for each in alert.now["promises"]
        if each["clock"] == clock and not each["support"]
    ]


def running(alert, clock="dispose"):
    """The limit of the lead's promise that runs now."""
    [limit] = [each for each, state in of_the_lead(alert, clock) if state == "running"]
    return limit


def promised_by(city, alert):
    """By when the reporter was told that it is disposed, as `due_at`."""
    mine = Promise.alert_id == alert.id, Promise.clock == "overall", Promise.state == "running"
    with city.store.read() as session:
        return f"{session.scalars(select(Promise.due_at).where(*mine)).one() + ZONE:%m-%d %H:%M}"


def on_time(city, by):
    rows = city.supervisor().asks("GET", f"reports/on-time?by={by}")["rows"]
    return [(each["label"], each["kept"], each["due"]) for each in rows]


@pytest.mark.parametrize(
    "right",
    [{"severity": "severity_3"}, {"category": "E0113", "life_safety": False}],
    ids=["severity", "kind"],
)
def test_a_lead_that_has_confirmed_owes_nothing_anew(city, collapse, right):
    city.department().signs(collapse, to=city.handler())
    city.sends_first_response(collapse)
    police = city.person("police", Grant("department_dispatcher", "JJDD"))
    police.takes("support_sign", collapse)
    city.handler().arrives(collapse)
    city.handler().submits(collapse, photos=["0" * 64])
    city.department().confirms(collapse)
    before = of_the_lead(collapse)
    city.clock.advance(minutes=30)
    corrects(city, collapse, **right)
    assert of_the_lead(collapse) == before == [("hours 2", "met")]
    city.street().takes("release_support", collapse, unit="JJDD", reason="不用来了")
    assert collapse.status == "verifying"
    assert of_the_lead(collapse) == before
    city.clock.walk_to("2026-11-24T19:00:00+08:00")
    [of_the_roads] = [row for row in on_time(city, "department") if "交通" in row[0]]
    assert of_the_roads[1:] == (1, 1)


TRAPPED = {"text": "路面塌了，有人被困在下面", "answers": {"urgency": "danger"}}


def test_a_danger_is_not_merged_away_into_what_nobody_hurries_to(city, hole):
    trapped = city.person("neighbour").reports(**TRAPPED)
    page = city.street().sees(trapped)
    [merge] = [each for each in page["steps"] if each["step"] == "merge"]
    [into] = [each for each in merge["fields"] if each["name"] == "into"]
    assert (into["choices"], page["same_problem"]) == ([], None)
    with refused("merge_danger") as refusal:
        city.street().takes("merge", trapped, into=hole.seen["number"])
    assert f"先把 {hole.seen['number']} 更正为涉及人身安全" in refusal.problem["detail"]
    assert (trapped.status, trapped.helping()["street-futian"]) == ("dispatched", "to_sign")
    corrects(city, hole, life_safety=True)
    city.street().takes("merge", trapped, into=hole.seen["number"])
    assert hole.helping()["street-futian"] == "to_sign"


def test_an_ordinary_alert_is_merged_into_the_danger(city, hole, collapse):
    with refused("merge_danger"):
        city.street().takes("merge", collapse, into=hole.seen["number"])
    city.street().takes("merge", hole, into=collapse.seen["number"])
    assert collapse.now["life_safety"]


def test_a_danger_is_not_merged_into_one_whose_work_is_done(city, collapse):
    city.department().signs(collapse, to=city.handler())
    city.handler().arrives(collapse)
    city.handler().submits(collapse, photos=["0" * 64])
    again = city.person("neighbour").reports("E0505", answers={})
    with refused("merge_danger_late") as refusal:
        city.street().takes("merge", again, into=collapse.seen["number"])
    assert "请单独办理这一件" in refusal.problem["detail"]


AWAY = {"until": "2026-12-20", "plan": "等定制的井盖", "reason": "没有备件"}
RETURN = {"reason": "属排水设施", "proposed": "SWJ", "clause": "职责清单第 7 条"}
# By what becomes known, the lead's limit to dispose from then on, and when it and the first
# response are due where it is known on Thursday at ten.
BECOMES_DANGER = pytest.mark.parametrize(
    ("right", "limit", "due"),
    [({"life_safety": True}, "hours 4", "14:00"), ({"category": "E0505"}, "hours 2", "12:00")],
    ids=["said", "kind"],
)


@BECOMES_DANGER
@pytest.mark.parametrize("status", ["signed", "on_site"])
def test_what_was_put_off_goes_on_at_once_where_life_is_in_danger(
    city, hole, right, limit, due, status
):
    city.department().signs(hole, to=city.handler())
    if status == "on_site":
        city.handler().arrives(hole)
    city.department().takes("suspend", hole, **AWAY)
    city.district().takes("grant_suspension", hole)
    city.clock.walk_to("2026-11-26T10:00:00+08:00")
    corrects(city, hole, **right)
    assert (hole.now["status"], hole.now["suspended_until"]) == (status, None)
    assert hole.helping()["street-futian"] == "to_sign"
    assert "street-futian" in told(city, "first_to_sign")
    assert running(hole) == limit
    assert due_at(hole) == promised_by(city, hole) == f"11-26 {due}"
    [come] = [
        each["due_at"]
        for each in hole.now["promises"]
        if (each["clock"], each["support"]) == ("arrive", "street-futian")
    ]
    assert come == "2026-11-26T02:15:00Z"
    assert hole.timeline().count("resume") == 1
    city.clock.walk_to("2026-12-21T10:00:00+08:00")
    assert hole.status == status, "the date that was granted means nothing any more"


def test_what_was_put_off_and_is_no_danger_stays_put_off(city, hole):
    city.department().signs(hole)
    city.department().takes("suspend", hole, **AWAY)
    city.district().takes("grant_suspension", hole)
    corrects(city, hole, severity="severity_1")
    assert hole.status == "suspended"
    assert of_the_lead(hole) == [("work_days 5", "paused")]


@BECOMES_DANGER
@pytest.mark.parametrize("verdict", ["rejected", "upheld", "joint"])
def test_a_returned_danger_has_its_limits_from_the_moment_at_which_it_is_known(
    city, hole, right, limit, due, verdict
):
    city.department().takes("return", hole, **RETURN)
    city.clock.advance(minutes=30)
    corrects(city, hole, **right)
    assert hole.status == "returned"
    assert hole.helping()["street-futian"] == "to_sign"
    assert running(hole) == limit
    at = "14:30" if limit == "hours 4" else "12:30"
    assert due_at(hole) == promised_by(city, hole) == f"11-23 {at}"
    city.clock.advance(minutes=10)
    to = {} if verdict == "rejected" else {"lead": "SWJ"}
    city.district().takes("rule", hole, verdict=verdict, reason="已核", **to)
    assert running(hole) == limit
    again = {"hours 4": "14:40", "hours 2": "12:40"}[limit]
    assert due_at(hole) == f"11-23 {again if verdict == 'upheld' else at}"


@pytest.mark.parametrize(
    ("step", "said"),
    [("extend", {"by": 2, "reason": "等管材"}), ("suspend", AWAY)],
    ids=["extension", "suspension"],
)
def test_nobody_decides_any_more_on_more_time_where_life_is_in_danger(city, hole, step, said):
    city.department().signs(hole, to=city.handler())
    city.department().takes(step, hole, **said)
    city.clock.advance(hours=1)
    corrects(city, hole, life_safety=True)
    assert running(hole) == "hours 4"
    assert due_at(hole) == promised_by(city, hole) == "11-23 15:00"
    assert not {"grant_extension", "grant_suspension"} & city.district().may(hole)


MILD = pytest.mark.parametrize("kind", ["P0284", "E0114"])


@MILD
def test_what_a_person_said_of_danger_outlasts_another_kind_and_place(city, hole, kind):
    corrects(city, hole, life_safety=True)
    corrects(city, hole, category=kind)
    assert hole.now["life_safety"]
    assert "street-futian" in hole.helping()
    corrects(city, hole, place={"grid": "grid-futian-1-2"})
    corrects(city, hole, category="E0113")
    assert hole.now["life_safety"]
    assert "street-futian" in hole.helping()
    corrects(city, hole, category=kind, life_safety=False)
    assert not hole.now["life_safety"]
    assert "street-futian" not in hole.helping()
    assert "人身安全：涉及 → 不涉及" in sentences(city.street(), hole)[-2]


def test_whoever_says_danger_with_a_milder_kind_is_heard(city):
    city.clock.reads(MONDAY_TEN)
    collapse = city.volunteer().reports("E0505", text="路面有问题", answers={})
    corrects(city, collapse, category="E0113", life_safety=True)
    assert collapse.now["life_safety"]
    corrects(city, collapse, category="P0284")
    assert collapse.now["life_safety"]


def test_who_said_that_there_is_none_is_not_heard_of_another_kind(city, hole):
    corrects(city, hole, life_safety=True)
    corrects(city, hole, life_safety=False)
    corrects(city, hole, category="E0505")
    assert hole.now["life_safety"]


def test_what_a_person_said_of_danger_outlasts_the_acceptance(city):
    city.clock.reads(MONDAY_TEN)
    something = city.volunteer().reports("unsure", text="楼道里有点奇怪", answers={})
    corrects(city, something, life_safety=True)
    city.street().takes("accept", something, category="E0113", lead="JTJ")
    assert something.now["life_safety"]
    assert something.helping()["street-futian"] == "to_sign"
    assert running(something) == "hours 4"
    assert differences(city) == []


@pytest.mark.both_databases
@MILD
def test_another_kind_is_as_severe_as_a_person_said(city, hole, kind):
    corrects(city, hole, severity="severity_2")
    corrects(city, hole, category=kind)
    assert hole.now["severity"] == 2
    corrects(city, hole, place={"grid": "grid-futian-1-2"})
    assert hole.now["severity"] == 2
    corrects(city, hole, category="E0505")
    assert hole.now["severity"] == 1
    corrects(city, hole, severity="severity_4", category=kind)
    assert hole.now["severity"] == 4
