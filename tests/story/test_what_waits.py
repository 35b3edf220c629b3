"""Requests to decide stand on the board with who asked; who holds an alert, and why, is said."""

import pytest

from dispatch.domain.roles import Grant

pytestmark = pytest.mark.both_databases

ASKED = {"by": 2, "reason": "要等管材"}


@pytest.fixture
def hole(city):
    """A hole in the road that its department has signed."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    return hole


def on_board(person, alert):
    board = person.asks("GET", "board")["cards"]
    return next(card for card in board if card["id"] == alert.id)


def test_what_waits_for_a_decision_stands_on_its_card_until_it_is_decided(city, hole):
    assert on_board(city.district(), hole)["asked"] == []
    city.street().takes("void", hole, reason="演练时误发的")
    city.clock.advance(minutes=1)
    city.department().takes("extend", hole, **ASKED)
    assert on_board(city.district(), hole)["asked"] == ["void", "extend"]
    city.district().takes("refuse_void", hole, reason="坑是真的")
    assert on_board(city.district(), hole)["asked"] == ["extend"]
    city.district().takes("grant_extension", hole)
    assert on_board(city.district(), hole)["asked"] == []


def test_a_console_that_is_open_hears_of_a_request_and_of_its_decision(city, hole):
    def heard(cursor):
        answer = city.district().asks("GET", f"board/changes?after={cursor}")
        return [each["card"]["asked"] for each in answer["changes"]], answer["cursor"]

    cursor = city.district().asks("GET", "board")["cursor"]
    city.department().takes("suspend", hole, until="2026-12-10", plan="等汛期过", reason="水位高")
    asked, cursor = heard(cursor)
    assert asked == [["suspend"]]
    city.district().takes("refuse_suspension", hole, reason="不用等")
    assert heard(cursor)[0] == [[]]


def test_whoever_decides_reads_who_asked_when_why_and_for_how_long(city, hole):
    city.street().takes("void", hole, reason="演练时误发的")
    city.clock.advance(minutes=5)
    city.department().takes("extend", hole, **ASKED)
    void, extend = city.district().sees(hole)["requests"]
    assert (void["kind"], void["who"], void["words"]) == (
        "void",
        "福田街道分拨员",
        ["演练时误发的"],
    )
    assert void["asked_at"] == "2026-11-23T02:00:00Z"
    assert void["decided_by"] == ["confirm_void", "refuse_void"]
    assert extend["who"].startswith("市交通运输局福田管理局")
    assert (extend["asked_at"], extend["by"]) == ("2026-11-23T02:05:00Z", "2 work_days")
    assert extend["decided_by"] == ["grant_extension", "refuse_extension"]
    assert "2 个工作日" in extend["sentence"]


def test_a_reporter_does_not_read_that_their_alert_may_be_voided(city, hole):
    city.street().takes("void", hole, reason="演练时误发的")
    seen = city.volunteer().sees(hole)
    assert (seen["requests"], seen["asked"]) == ([], [])
    listed = city.volunteer().asks("GET", "alerts?mine=1")["alerts"]
    assert [card["asked"] for card in listed] == [[]]


def test_the_person_who_handles_it_is_named_to_staff_alone(city, hole):
    assert on_board(city.street(), hole)["handler_name"] == "handler"
    assert city.street().sees(hole)["handler_name"] == "handler"
    assert city.volunteer().sees(hole)["handler_name"] is None
    assert on_board(city.district(), city.volunteer().reports("P0201"))["handler_name"] is None


def test_why_the_present_unit_holds_it_is_said_where_people_decided(city):
    hole = city.volunteer().reports()
    assert city.street().sees(hole)["held_because"] is None
    city.clock.advance(minutes=3)
    city.street().takes("reassign", hole, lead="SWJ", reason="井盖属排水设施")
    because = city.street().sees(hole)["held_because"]
    assert because["words"] == ["井盖属排水设施"]
    assert because["sentence"].startswith("福田街道分拨员")
    assert because["at"] == "2026-11-23T02:03:00Z"
    assert city.volunteer().sees(hole)["held_because"] is None


def test_a_ruling_is_the_reason_of_whoever_keeps_it(city):
    hole = city.volunteer().reports()
    city.department().takes("return", hole, reason="物业红线内", proposed="SWJ", clause="第 12 条")
    city.district().takes("rule", hole, verdict="rejected", reason="在红线外")
    because = city.district().sees(hole)["held_because"]
    assert because["words"] == ["在红线外"]


def test_an_alert_that_is_over_is_found_by_its_number_however_much_of_it_is_known(city):
    voided, merged = city.volunteer().reports(), city.person("neighbour").reports()
    master = city.person("third", Grant("volunteer", "street-futian")).reports()
    city.street().takes("merge", merged, into=master.seen["number"])
    city.street().takes("void", voided, reason="演练")
    city.district().takes("confirm_void", voided)
    for alert, status in ((voided, "voided"), (merged, "merged")):
        number = alert.seen["number"]
        for part in (number, number.split("-", 1)[1][4:], number.lower()):
            found = city.street().asks("GET", f"alerts?q={part}")["alerts"]
            assert [(card["id"], card["status"]) for card in found] == [(alert.id, status)]


def test_who_named_a_unit_that_holds_it_no_more_is_no_reason(city):
    hole, other = city.volunteer().reports(), city.person("neighbour").reports()
    city.street().takes("reassign", hole, lead="SWJ", reason="井盖属排水设施")
    city.street().takes("merge", hole, into=other.seen["number"])
    city.street().takes("unmerge", hole, reason="不是一处")
    seen = city.street().sees(hole)
    assert (seen["lead"], seen["held_because"]) == (None, None)
