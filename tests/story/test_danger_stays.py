"""A danger that is known late counts from then on as one, and no side effect makes it less."""

import pytest
from city import refused
from moving import differences

from dispatch.domain.roles import Grant

TEN = "2026-11-23T10:00:00+08:00"
WHY = {"reason": "现场看过，报错了"}


@pytest.fixture
def hole(city):
    """A hole in the road on Monday at ten: 5 work days, led by JTJ."""
    city.clock.reads(TEN)
    yield city.volunteer().reports()
    assert differences(city) == []


@pytest.fixture
def collapse(city):
    """A collapsed road: danger to life, two hours; the street comes first, the police help."""
    city.clock.reads(TEN)
    yield city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})
    assert differences(city) == []


def corrects(city, alert, **right):
    return city.street().takes("correct", alert, **WHY | right)


def of_the_lead(alert, clock="dispose"):
    """The promises of this clock that the lead made, as limit and outcome or state."""
    return [
        (" ".join(map(str, each["limit"].values())), each["outcome"] or each["state"])
        for each in alert.now["promises"]
        if each["clock"] == clock and not each["support"]
    ]


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
