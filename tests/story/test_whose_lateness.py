"""Lateness belongs to whoever was late: no deed takes it away, and nobody inherits it."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from city import refused
from endings import decline, merge, void, withdraw
from moving import differences
from sqlalchemy import select

from dispatch.domain.roles import Grant
from dispatch.store.alerts import alert_by_id
from dispatch.store.tables import Promise

MONDAY_TEN = "2026-11-23T10:00:00+08:00"
RETURN = {"reason": "属排水设施", "proposed": "SWJ", "clause": "职责清单第 7 条"}
FOUND = {"finding": "现场是排水井"}
TO_ZJJ = {"lead": "ZJJ", "reason": "属住建职责"}
# E0113: signed within 1 work day, on site within 2, disposed in 5.
SOON, LATE = {"minutes": 30}, {"days": 10}


@pytest.fixture
def hole(city):
    city.clock.reads(MONDAY_TEN)
    hole = city.volunteer().reports()
    yield hole
    assert differences(city) == []


def outcomes(city, alert, unit):
    """The clocks that a unit has owed on the alert, oldest first, and what became of each."""
    with city.store.read() as session:
        found = alert_by_id(session, alert.id)
        mine = select(Promise).where(Promise.alert_id == found.id, Promise.unit == unit)
        rows = session.scalars(mine.order_by(Promise.started_at, Promise.clock))
        return [(row.clock, row.state) for row in rows]


def told(alert):
    """The date that the reporter was told, and how it stands."""
    mine = alert.now["told"]
    return mine["due_at"], mine["state"]


def test_a_unit_three_days_late_keeps_its_lateness_and_the_next_one_begins_anew(city, hole):
    date, _ = told(hole)
    city.clock.advance(days=10)
    city.street().takes("reassign", hole, **TO_ZJJ)
    assert outcomes(city, hole, "JTJ") == [
        ("arrive", "missed"),
        ("dispose", "missed"),
        ("sign", "missed"),
    ]
    assert [each for each in outcomes(city, hole, "ZJJ") if each[1] != "running"] == []
    due = hole.promise("dispose")["due_at"]
    assert datetime.fromisoformat(due) > city.clock.now + timedelta(days=4)
    assert told(hole) == (date, "running")
    assert hole.promise("dispose")["card"] is None


def test_a_reporter_reads_the_date_that_they_were_told_whoever_holds_it(city, hole):
    [before] = [p for p in city.volunteer().sees(hole)["promises"] if p["clock"] == "dispose"]
    city.clock.advance(days=1)
    city.street().takes("reassign", hole, **TO_ZJJ)
    [after] = [p for p in city.volunteer().sees(hole)["promises"] if p["clock"] == "dispose"]
    assert after["due_at"] == before["due_at"]
    assert hole.promise("dispose")["due_at"] != before["due_at"]
    listed = city.volunteer().asks("GET", "alerts?mine=1")["alerts"][0]["promises"]
    assert [p["due_at"] for p in listed if p["clock"] == "dispose"] == [before["due_at"]]


@pytest.mark.both_databases
def test_before_the_due_time_a_clock_that_is_taken_ends_neutral(city, hole):
    city.clock.advance(minutes=30)
    city.street().takes("reassign", hole, **TO_ZJJ)
    assert {state for _, state in outcomes(city, hole, "JTJ")} == {"ended"}


def test_after_a_rejected_return_the_same_unit_goes_on_with_what_was_left(city, hole):
    due = hole.promise("dispose")["due_at"]
    city.department().takes("return", hole, **RETURN)
    city.district().takes("rule", hole, verdict="rejected", reason="仍属道路")
    assert hole.promise("dispose")["due_at"] == due
    assert outcomes(city, hole, "JTJ").count(("dispose", "running")) == 1


def test_after_a_rejected_return_it_has_at_least_a_quarter(city, hole):
    city.department().signs(hole)
    city.clock.walk_to("2026-11-24T17:30:00+08:00")
    with city.store.write() as tx:  # nearly all of its time is used
        mine = tx.session.scalars(select(Promise).where(Promise.clock == "dispose")).one()
        mine.budget_s = 8 * 3600
    city.department().takes("return", hole, **RETURN, **FOUND)
    city.district().takes("rule", hole, verdict="rejected", reason="仍属道路")
    states = [state for clock, state in outcomes(city, hole, "JTJ") if clock == "dispose"]
    assert states[-1] == "running"
    assert len(states) == 2


def test_another_unit_after_a_ruling_has_its_whole_limit_from_its_own_receipt(city, hole):
    date, _ = told(hole)
    whole = hole.promise("dispose")
    city.clock.advance(minutes=30)
    city.department().takes("return", hole, **RETURN)
    city.clock.advance(hours=1)
    city.district().takes("rule", hole, verdict="upheld", lead="SWJ", reason="属排水")
    mine = hole.promise("dispose")
    assert (mine["unit"], mine["limit"]) == ("SWJ", whole["limit"])
    assert mine["used_s"] == 0
    assert ("dispose", "ended") in outcomes(city, hole, "JTJ")
    assert told(hole) == (date, "running")


@pytest.mark.parametrize(("wait", "state"), [(SOON, "ended"), (LATE, "missed")])
def test_a_support_that_is_let_go_keeps_what_it_was_late_with(city, hole, wait, state):
    city.department().signs(hole)
    call = {"unit": "SWJ", "mode": "required", "reason": "请关阀"}
    city.department().takes("call_support", hole, **call)
    city.clock.advance(**wait)
    city.department().takes("release_support", hole, unit="SWJ", reason="不用来了")
    assert {each for _, each in outcomes(city, hole, "SWJ")} == {state}


@pytest.mark.parametrize("deed", [withdraw, decline, merge, void])
@pytest.mark.parametrize(("wait", "state"), [(SOON, "ended"), (LATE, "missed")])
def test_an_alert_that_ends_leaves_its_unit_what_it_was_late_with(city, hole, deed, wait, state):
    city.clock.advance(**wait)
    deed(city, hole)
    assert {each for _, each in outcomes(city, hole, "JTJ")} == {state}


def test_the_figures_of_units_and_of_the_city_differ_by_exactly_that(city, hole):
    city.clock.advance(days=10)
    city.street().takes("reassign", hole, **TO_ZJJ)
    zjj = city.person("zjj", Grant("department_dispatcher", "ZJJ"))
    hand = city.person("zjj hand", Grant("handler", "ZJJ"))
    zjj.signs(hole, to=hand)
    hand.arrives(hole)
    hand.takes("submit", hole, done="已修复", photos=["0" * 64])
    zjj.confirms(hole)
    city.clock.advance(days=10)
    asked = city.supervisor().asks("GET", "reports/on-time?by=department")
    units = {row["department"]: (row["kept"], row["due"]) for row in asked["rows"]}
    assert units == {"JTJ": (0, 1), "ZJJ": (1, 1)}
    by_street = city.supervisor().asks("GET", "reports/on-time?by=street")["rows"]
    assert [(row["kept"], row["due"]) for row in by_street] == [(0, 1)]
    [whole] = city.supervisor().asks("GET", "reports/on-time?by=city")["rows"]
    assert (whole["label"], whole["kept"], whole["due"]) == ("福田区", 0, 1)
    assert told(hole)[1] == "missed"


def test_late_by_the_date_alone_it_is_the_city_that_is_late(city, hole):
    assert clocks_on_the_card(city, hole) == {"sign", "arrive", "dispose"}
    city.clock.advance(days=10)
    city.street().takes("reassign", hole, **TO_ZJJ)
    assert clocks_on_the_card(city, hole) == {"sign", "arrive", "dispose", "overall"}
    [listed] = city.district().asks("GET", "alerts?overdue=1")["alerts"]
    assert (listed["id"], listed["card"]) == (hole.id, None)
    [row] = city.supervisor().asks("GET", "reports/overdue")["rows"]
    assert (row["clock"], row["department"]) == ("overall", "ZJJ")
    assert row["department_label"].endswith("（未超本单位时限）")
    assert city.supervisor().asks("GET", "reports/overdue?by=department")["rows"] == []
    [street] = city.supervisor().asks("GET", "reports/overdue?by=street")["rows"]
    assert street["alerts"] == 1


@pytest.mark.parametrize("at", ["", "at=2026-12-03T10:00:00%2B08:00"])
def test_late_by_the_date_alone_has_no_card_on_any_face(city, hole, at):
    other = city.person("neighbour").reports()
    city.clock.walk_to("2026-12-03T10:00:00+08:00")
    city.street().takes("reassign", hole, **TO_ZJJ)
    boss = city.supervisor()
    rows = boss.asks("GET", f"reports/overdue?{at}")["rows"]
    assert [(row["id"], row["card"]) for row in rows] == [(other.id, "red"), (hole.id, None)]
    [street] = boss.asks("GET", f"reports/overdue?by=street&{at}")["rows"]
    assert {name: street[name] for name in ("alerts", "red", "orange", "yellow")} == {
        "alerts": 2,
        "red": 1,
        "orange": 0,
        "yellow": 0,
    }
    on_board = {card["id"]: card["card"] for card in boss.asks("GET", "board")["cards"]}
    assert on_board == {other.id: "red", hole.id: None}
    signed = {"Authorization": f"Bearer {boss.token}", "Accept-Language": "zh-CN"}
    sheet = boss.http.get(f"/api/v1/reports/overdue.csv?{at}", headers=signed).text
    lines = csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff")))
    assert [line["牌"] for line in lines] == ["红牌", ""]
    page = boss.http.get(f"/reports/overdue?{at}", headers=signed).text
    assert re.findall(r"</span><b>(\d+)</b>", page) == ["1", "0", "0"]
    assert "只过了告知日期 1 件" in page


def clocks_on_the_card(city, alert):
    cards = city.district().asks("GET", "alerts")["alerts"]
    return {each["clock"] for card in cards if card["id"] == alert.id for each in card["promises"]}


def test_a_unit_that_is_late_itself_stands_in_the_report_with_its_own_clock(city, hole):
    city.clock.advance(days=10)
    city.street().takes("reassign", hole, **TO_ZJJ)
    city.clock.advance(days=3)
    [row] = city.supervisor().asks("GET", "reports/overdue")["rows"]
    assert (row["clock"], row["department"]) == ("sign", "ZJJ")
    [unit] = city.supervisor().asks("GET", "reports/overdue?by=department")["rows"]
    assert (unit["department"], unit["alerts"]) == ("ZJJ", 1)


@pytest.mark.parametrize(
    ("language", "late", "differs"),
    [
        (
            "zh-CN",
            "其中 1 件只是过了告诉上报人的办结日期",
            "各部门的按时率合起来，与合计可能不一样",
        ),
        (
            "en",
            "1 are late only by the date",
            "rates of the departments and of the total may differ",
        ),
    ],
)
def test_the_page_has_a_row_for_the_total_and_says_why_it_differs(
    city, hole, language, late, differs
):
    # by Tuesday JTJ was to sign and come; what it was to dispose of is kept by ZJJ, after the date
    city.clock.advance(days=7)
    city.clock.advance(hours=9)
    city.street().takes("reassign", hole, **TO_ZJJ)
    zjj = city.person("zjj", Grant("department_dispatcher", "ZJJ"))
    zjj.signs(hole, to=city.person("zjj hand", Grant("handler", "ZJJ")))
    reader = city.supervisor()
    signed = {"Authorization": f"Bearer {reader.token}", "Accept-Language": language}
    page = reader.http.get("/reports/overdue", headers=signed).text
    assert late in page
    assert differs in page
    departments, district = page.split('<table class="dp">')[1].split("<tfoot>")
    assert departments.count("0 / 1") == 1  # JTJ; ZJJ owes nothing yet
    assert district.split("</tfoot>")[0].count("0 / 1") == 1


def test_what_was_asked_in_time_and_not_decided_accuses_nobody(city, hole):
    city.department().signs(hole)
    city.department().takes("extend", hole, by=2, reason="等管材")
    city.clock.advance(days=10)
    city.street().takes("reassign", hole, **TO_ZJJ)
    assert ("dispose", "ended") in outcomes(city, hole, "JTJ")


def test_an_extension_moves_the_date_that_the_reporter_was_told(city, hole):
    date, _ = told(hole)
    city.department().signs(hole)
    city.department().takes("extend", hole, by=2, reason="等管材")
    city.district().takes("grant_extension", hole)
    assert told(hole)[0] > date
    assert told(hole)[0] == hole.promise("dispose")["due_at"]


def test_after_a_change_of_hands_an_extension_tells_the_reporter_their_own_new_date(city, hole):
    city.clock.advance(days=1)
    city.street().takes("reassign", hole, **TO_ZJJ)
    zjj = city.person("zjj", Grant("department_dispatcher", "ZJJ"))
    zjj.signs(hole)
    zjj.takes("extend", hole, by=2, reason="等管材")
    city.district().takes("grant_extension", hole)
    assert told(hole)[0] == "2026-12-02T10:00:00Z"
    assert hole.promise("dispose")["due_at"] == "2026-12-03T10:00:00Z"
    sentence = city.volunteer().sees(hole)["timeline"][-1]["sentence"]
    assert "告诉上报人的办结日期改为12月2日18:00" in sentence
    assert "12月3日18:00" in sentence


def test_a_return_after_signing_late_is_refused(city, hole):
    city.clock.advance(days=2)
    with refused("return_too_late"):
        city.department().takes("return", hole, **RETURN)
