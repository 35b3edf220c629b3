"""Where life is in danger somebody comes first; whose duty it is, is settled afterwards."""

import pytest
from city import CIVIC_CENTRE, refused
from endings import void
from moving import differences, told

from dispatch.domain.roles import Grant

HERE = {"lon": CIVIC_CENTRE[0], "lat": CIVIC_CENTRE[1], "accuracy_m": 15, "crs": "wgs84"}
WRONG = {"reason": "不归本单位", "clause": "职责清单第 7 条", "proposed": "CGJ"}


@pytest.fixture
def collapse(city):
    """A collapsed road: the road people lead, the street of the place is called to come first."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    yield city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})
    assert differences(city) == []


def test_a_danger_to_life_is_returned_only_once_somebody_is_there(city, collapse):
    lead = city.department()
    assert "return" not in lead.may(collapse)
    with refused("first_response_first") as refusal:
        lead.takes("return", collapse, **WRONG)
    assert "福田街道" in refusal.problem["detail"]
    assert "改派" in refusal.problem["detail"], "what else can be done"
    city.sends_first_response(collapse)
    lead.takes("return", collapse, **WRONG)
    assert collapse.status == "returned"


def test_the_street_does_not_release_itself_and_nobody_returns_it_instead(city, collapse):
    """It asks the district, and even then somebody has to come."""
    lead, street = city.department(), city.street()
    lead.signs(collapse)
    city.clock.advance(minutes=12)
    gone = {"unit": "street-futian", "reason": "现场已封闭"}
    with refused("called_by_another") as refusal:
        street.takes("release_support", collapse, **gone)
    assert "先期处置由区里解除" in refusal.problem["detail"]
    street.takes("ask_release", collapse, **gone)
    assert "agree_release" not in street.may(collapse)
    city.district().takes("agree_release", collapse)
    assert "street-futian" not in collapse.helping()
    with refused("first_response_first"):
        lead.takes("return", collapse, finding="在绿化带里", **WRONG)
    police = city.person("police", Grant("department_dispatcher", "JJDD"))
    driver = city.person("driver", Grant("handler", "JJDD"))
    police.takes("support_sign", collapse, to=driver.id)
    driver.takes("support_arrive", collapse, position=HERE)
    lead.takes("return", collapse, finding="在绿化带里", **WRONG)
    assert collapse.status == "returned"


def its_own(city, collapse):
    city.department().signs(collapse)
    gone = {"unit": "street-futian", "reason": "没有危险，不用来了"}
    city.district().takes("release_support", collapse, **gone)


def on_request(city, collapse):
    city.department().signs(collapse)
    city.department().takes("ask_release", collapse, unit="street-futian", reason="不用来了")
    city.district().takes("agree_release", collapse)


def reassigned(city, collapse):
    city.street().takes("reassign", collapse, lead="street-futian", reason="由街道办")


def merged(city, collapse):
    other = city.person("neighbour").reports("E0505", answers={})
    city.street().takes("merge", collapse, into=other.now["number"])


@pytest.mark.parametrize("ends", [its_own, on_request, reassigned, merged, void])
def test_whoever_was_sent_reads_that_they_need_not_come_any_more(city, collapse, ends):
    patrol = city.person("patrol", Grant("handler", "street-futian"))
    city.street().takes("support_sign", collapse, to=patrol.id)
    ends(city, collapse)
    assert told(city, "first_released").count(patrol.id) == 1
    desks = 0 if ends is reassigned else 1  # there the desk reads that it leads
    assert told(city, "first_released").count("street-futian") == desks


def test_whoever_is_on_the_way_when_the_work_is_done_reads_so(city, photo):
    city.clock.reads("2026-11-23T10:00:00+08:00")
    collapse = city.volunteer().reports("E0505", answers={})
    patrol = city.person("patrol", Grant("handler", "street-futian"))
    city.street().takes("support_sign", collapse, to=patrol.id)
    city.department().signs(collapse, to=city.handler())
    for unit, state in collapse.helping().items():
        if state == "to_sign":  # the lead waits for nobody else
            city.street().takes("release_support", collapse, unit=unit, reason="不用来了")
    city.handler().arrives(collapse)
    city.handler().submits_with(collapse, photo)
    city.department().confirms(collapse)
    assert sorted(told(city, "first_released")) == sorted([patrol.id, "street-futian"])


def test_a_street_that_takes_the_lead_has_not_come_by_that(city, collapse):
    city.street().takes("reassign", collapse, lead="street-futian", reason="街道来办")
    with refused("first_response_first"):
        city.street().takes("return", collapse, **WRONG)


def test_silence_keeps_the_first_response(city, collapse):
    city.department().signs(collapse)
    asked = {"unit": "street-futian", "reason": "不用来了"}
    city.street().takes("ask_release", collapse, **asked)
    city.clock.advance(hours=8)
    assert collapse.helping()["street-futian"] == "to_sign"


def test_a_street_that_led_for_a_while_still_has_to_come(city, collapse):
    city.street().takes("reassign", collapse, lead="street-futian", reason="街道来办")
    assert "street-futian" not in collapse.helping()
    city.street().takes("reassign", collapse, lead="ZJJ", reason="属住建")
    assert collapse.helping()["street-futian"] == "to_sign"
    assert collapse.promise_of("street-futian", "arrive")["state"] == "running"
    assert told(city, "first_to_sign") == ["street-futian", "street-futian"]
    city.sends_first_response(collapse)
    city.street().takes("reassign", collapse, lead="street-futian", reason="街道来办")
    city.street().takes("reassign", collapse, lead="JTJ", reason="属交通")
    assert "street-futian" not in collapse.helping(), "it was there"


def test_whoever_is_on_site_when_the_work_is_done_reads_so_and_the_story_keeps_it(
    city, collapse, photo
):
    patrol = city.person("patrol", Grant("handler", "street-futian"))
    city.sends_first_response(collapse)
    city.department().signs(collapse, to=city.handler())
    city.street().takes("release_support", collapse, unit="JJDD", reason="路口不用疏导")
    city.handler().arrives(collapse)
    city.handler().submits_with(collapse, photo)
    city.department().confirms(collapse)
    assert told(city, "first_over") == ["street-futian", patrol.id]
    assert told(city, "first_released") == []
    page = city.street().sees(collapse)
    assert page["timeline"][-1]["sentence"] == "福田街道的先期处置随“审核通过”结束"
    [first] = [each for each in page["helping"] if each["mode"] == "first"]
    assert (first["state"], first["finished_at"]) == ("finished", page["now"])
    assert collapse.promise_of("street-futian", "dispose")["state"] == "ended"
    lines = [line["sentence"] for line in city.volunteer().sees(collapse)["timeline"]]
    assert not any("结束" in line for line in lines), "no line of the reporter's"


def test_whoever_still_helps_when_the_alert_is_over_is_in_the_story(city, collapse):
    city.street().takes("merge", collapse, into=city.volunteer().reports("E0505", answers={}).id)
    lines = [line["sentence"] for line in city.street().sees(collapse)["timeline"]]
    assert "福田街道的先期处置随“合并”结束" in lines
    assert "福田交警大队的协办随“合并”结束" in lines
    assert "street-futian" not in collapse.helping()
