"""What is overdue: the same number for the page, the API, the files and the console."""

import csv
import io
import re
from datetime import datetime, timedelta

import pytest
from city import CAST, ELSEWHERE, refused
from openpyxl import load_workbook
from owing import overdue, returned
from sqlalchemy import select

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.promises.pauses import PauseReason, pause_promise
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version
from dispatch.store.tables import Promise, Rung

MICROSECOND = timedelta(microseconds=1)


def test_a_report_that_nobody_signed_stands_with_who_holds_it_and_what_was_done(city, late):
    (row,) = overdue(city.supervisor())
    assert row["id"] == late.id
    assert row["department"] == "JTJ"
    assert row["clock"] in {"sign", "arrive"}
    assert row["late_s"] > 0
    assert row["card"] in {"yellow", "orange", "red"}
    assert row["done"], "the ladder has been climbed"


def test_what_is_late_in_office_hours_stands_over_the_weekend_on_the_page_too(city):
    city.clock.reads("2026-11-16T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.clock.walk_to("2026-11-23T17:00:00+08:00")  # five work days: due on Monday at six
    assert overdue(city.supervisor()) == []
    seen = {}
    for moment in ("2026-11-27T18:00", "2026-11-29T12:00", "2026-11-30T09:00", "2026-11-30T12:00"):
        city.clock.walk_to(f"{moment}:00+08:00")
        (row,) = overdue(city.supervisor())
        [card] = [each for each in hole.now["promises"] if each["clock"] == "dispose"]
        page = city.supervisor().http.get("/reports/overdue", headers=signed(city.supervisor()))
        seen[moment] = (row["late_work_s"] // 3600, round(row["share"], 3))
        assert f"超 {row['late_work_s'] // 3600} 个工作小时" in page.text
        used = share_on_faces(card, city.clock.now)
        assert abs(used - row["share"]) < 0.001
    whole = 41
    assert seen == {
        "2026-11-27T18:00": (28, round(1 + 28 / whole, 3)),
        "2026-11-29T12:00": (28, round(1 + 28 / whole, 3)),
        "2026-11-30T09:00": (28, round(1 + 28 / whole, 3)),
        "2026-11-30T12:00": (31, round(1 + 31 / whole, 3)),
    }


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-20T18:00:30", "刚刚到期"),
        ("2026-11-20T21:00:00", "今天 18:00 到期，上班后继续计时"),
        ("2026-11-21T12:00:00", "昨天 18:00 到期，上班后继续计时"),
        ("2026-11-22T12:00:00", "11 月 20 日 18:00 到期，上班后继续计时"),
        ("2026-11-23T09:05:00", "超 5 分钟"),
    ],
)
def test_due_at_closing_time_the_page_says_when_until_office_hours_count(city, moment, words):
    city.clock.reads("2026-11-13T10:00:00+08:00")
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.clock.walk_to(f"{moment}+08:00")
    page = city.supervisor().http.get("/reports/overdue", headers=signed(city.supervisor()))
    assert f"{words}</span>" in page.text
    assert "超 不到" not in page.text


def signed(person):
    return {"Authorization": f"Bearer {person.token}"}


def share_on_faces(promise, now):
    """What rows and rulers draw of the course that they were given."""
    seconds = (now - datetime.fromisoformat(promise["started_at"])).total_seconds()
    before = (0, 0)
    for corner in promise["course"]["corners"]:
        if seconds < corner[0]:
            part = (seconds - before[0]) / (corner[0] - before[0])
            return (before[1] + part * (corner[1] - before[1])) / promise["course"]["given_s"]
        before = corner
    return before[1] / promise["course"]["given_s"]


def test_what_counts_every_hour_has_no_office_hours(city):
    city.volunteer().reports("E0505", answers={})
    city.clock.advance(hours=1)
    (row,) = overdue(city.supervisor())
    assert (row["clock"], row["late_work_s"]) == ("sign", None)
    assert row["share"] > 1


def test_what_was_done_is_told_of_the_late_promise_alone(city, late):
    city.clock.advance(days=14)
    (row,) = overdue(city.supervisor())
    with city.store.read() as session:
        fired = session.execute(
            select(Promise.clock, Rung.action)
            .join(Rung, Rung.promise_id == Promise.id)
            .where(Rung.state == "fired")
            .order_by(Rung.fired_at, Rung.id)
        ).all()
    assert len({clock for clock, _ in fired}) > 1, "other promises climbed, too"
    assert row["done"] == list(dict.fromkeys(a for clock, a in fired if clock == row["clock"]))


def test_nothing_is_overdue_before_its_time(city):
    city.volunteer().reports()
    assert overdue(city.supervisor()) == []


def test_an_alert_with_two_late_clocks_is_one_row(city, late):
    city.clock.advance(days=14)
    assert [row["id"] for row in overdue(city.supervisor())] == [late.id]


def test_whoever_keeps_the_promise_leaves_the_report(city):
    hole = city.volunteer().reports()
    city.department().signs(hole)
    city.clock.advance(hours=5)
    clocks = [row["clock"] for row in overdue(city.supervisor())]
    assert "sign" not in clocks


def test_a_past_instant_is_told_as_it_was(city, late):
    before = late.seen["promises"]
    first_due = min(promise["due_at"] for promise in before)
    assert overdue(city.supervisor(), f"?at={first_due.replace('+', '%2B')}")
    assert overdue(city.supervisor(), "?at=2026-11-23T02:00:01Z") == []


def test_page_api_and_files_say_the_same_number(city, late, look):
    city.volunteer().reports(at=ELSEWHERE)
    city.clock.advance(days=2)
    boss = city.supervisor()
    wanted = len(overdue(boss))
    assert wanted == 2

    sheet = look(boss, "/api/v1/reports/overdue.csv").get_data(as_text=True)
    assert len(list(csv.reader(io.StringIO(sheet)))) - 1 == wanted
    book = load_workbook(io.BytesIO(look(boss, "/api/v1/reports/overdue.xlsx").data))
    assert book.worksheets[0].max_row - 1 == wanted
    page = look(boss, "/reports/overdue").get_data(as_text=True)
    assert f"此刻有 {wanted} 件超时" in page
    cards = [int(number) for number in re.findall(r"</span><b>(\d+)</b>", page)]
    assert sum(cards) == wanted
    city_board = boss.asks("GET", "board")["cards"]
    assert sum(card["card"] is not None for card in city_board) == wanted


def test_a_control_character_in_a_label_spoils_no_sheet(city, look):
    """`check` refuses it today; a version that was published before has it all the same."""
    files = read_folder(city.store.settings.playbook)
    named = files["departments.yaml"].decode()
    label = "{zh: 市交通运输局福田管理局, en: Transport (Futian)}"
    odd = '{zh: "市交通运输局\\x01福田管理局", en: "Transport\\x1f (Futian)"}'
    assert label in named
    files["departments.yaml"] = named.replace(label, odd, 1).encode()
    with city.store.write() as deed:
        publish_version(deed.session, files, "odd", deed.now)
    city.store.forget_playbook()
    city.volunteer().reports()
    city.clock.advance(days=2)
    for form in ("overdue", "volumes"):
        answer = look(city.supervisor(), f"/api/v1/reports/{form}.xlsx")
        assert answer.status_code == 200
        sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
        told = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert "市交通运输局福田管理局" in told


def test_the_list_counts_as_the_page_does_at_the_very_instant(city):
    hole = city.volunteer().reports()
    due_at = datetime.fromisoformat(hole.promise("sign")["due_at"])
    for moment, number in ((due_at - MICROSECOND, 0), (due_at, 1)):
        assert counted_at(city, moment) == (number, number)


def test_a_reporter_who_has_not_rated_is_late_in_no_list(city):
    """Nobody swept: the clock of the rating has run out and did not close by itself."""
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits(hole, photos=["0" * 64])
    city.department().confirms(hole)
    city.grid_worker().verifies(hole)
    due_at = datetime.fromisoformat(hole.promise("rate")["due_at"])
    assert counted_at(city, due_at + MICROSECOND) == (0, 0)


def counted_at(city, moment):
    """How many are overdue at an instant: on the page, and in the list."""
    boss = city.supervisor()
    with clock.at(moment):
        listed = boss.asks("GET", "alerts?overdue=1")["alerts"]
        return len(overdue(boss)), len(listed)


def test_groups_add_up_to_the_rows(city, late):
    (group,) = overdue(city.supervisor(), "?by=department")
    assert group["department"] == "JTJ"
    assert group["alerts"] == group["red"] + group["orange"] + group["yellow"] == 1


def test_a_department_reads_its_own_only(city, late, look):
    others = city.person("water", Grant("department_dispatcher", "SWJ"))
    assert overdue(others) == []
    assert len(overdue(city.department())) == 1
    assert "此刻没有超时的。" in look(others, "/reports/overdue").get_data(as_text=True)


def test_a_filter_narrows_page_and_api_alike(city, late, look):
    assert overdue(city.supervisor(), "?department=SWJ") == []
    assert len(overdue(city.supervisor(), "?department=JTJ&street=street-futian")) == 1
    page = look(city.supervisor(), "/reports/overdue?department=SWJ").get_data(as_text=True)
    assert "此刻没有超时的。" in page


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?colour=red", "unknown_filter"),
        ("?at=yesterday", "invalid"),
        ("?at=2026-11-23T10:00", "invalid"),
        ("?by=person", "invalid"),
    ],
)
def test_what_a_report_does_not_know_is_refused(city, query, code):
    with refused(code):
        overdue(city.supervisor(), query)


def test_there_is_no_report_of_persons(city):
    with refused("unknown_report"):
        city.supervisor().asks("GET", "reports/reporters")


@pytest.mark.parametrize("role", ["volunteer", "grid_worker", "handler", "admin"])
def test_reports_are_for_those_who_dispatch_and_supervise(city, role):
    with refused("forbidden"):
        overdue(city.person(role, CAST[role]))


def test_volumes_count_every_report_once(city, late):
    city.volunteer().reports(at=ELSEWHERE)
    rows = city.supervisor().asks("GET", "reports/volumes?by=department")["rows"]
    assert {row["department"]: row["alerts"] for row in rows} == {"JTJ": 2}
    assert rows[0]["open"] == 2
    streets = city.supervisor().asks("GET", "reports/volumes?by=street")["rows"]
    assert sum(row["alerts"] for row in streets) == 2
    assert len(streets) == 2


def test_rates_count_what_came_due_and_rank_nobody_on_one_case(city, late):
    city.clock.advance(days=20)
    (row,) = city.supervisor().asks("GET", "reports/on-time")["rows"]
    assert (row["department"], row["due"], row["kept"], row["rank"]) == ("JTJ", 1, 0, None)
    assert row["rate"] == 0


def test_the_page_reads_in_english_as_well(city, late):
    person = city.supervisor()
    headers = {"Authorization": f"Bearer {person.token}", "Accept-Language": "en"}
    page = person.http.get("/reports/overdue", headers=headers).get_data(as_text=True)
    assert "1 alerts are overdue now" in page


def test_a_clock_that_stands_is_in_nobodys_overdue_list_but_seen_to_stand(city, look):
    hole = returned(city)
    boss = city.supervisor()
    (row,) = boss.asks("GET", "reports/paused")["rows"]
    assert (row["id"], row["clock"], row["pause_reason"]) == (hole.id, "dispose", "returned")
    assert row["left_s"] > 0
    assert overdue(boss) == []
    page = look(boss, "/reports/overdue").get_data(as_text=True)
    assert "暂停计时的" in page
    assert "剩工作时间" in page
    assert "待区裁决" in page


def test_what_was_late_before_its_clock_stood_stays_late_and_says_that_it_stands(city, look):
    hole = city.volunteer().reports()
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.clock.walk_to(hole.promise("dispose")["due_at"])
    city.clock.advance(minutes=5)
    with city.store.write() as tx:
        promise = tx.session.scalars(
            select(Promise).where(Promise.alert_id == hole.id, Promise.clock == "dispose")
        ).one()
        pause_promise(tx.session, promise, tx.now, PauseReason("storm", owner="JTJ"))
    (row,) = overdue(city.supervisor())
    assert (row["id"], row["clock"]) == (hole.id, "dispose")
    page = look(city.supervisor(), "/reports/overdue").get_data(as_text=True)
    assert "已暂停 · 三防应急 · 经办：市交通运输局福田管理局" in page
    assert "暂停计时的" not in page, "it stands among the late ones already"
    late = city.supervisor().asks("GET", "alerts?overdue=1")["alerts"]
    assert [card["id"] for card in late] == [hole.id]


def test_supervision_stands_on_the_page_and_in_the_files(city, late, look):
    city.clock.advance(days=40)
    number = late.now["supervision"]
    assert f"督办 {number}" in look(city.supervisor(), "/reports/overdue").get_data(as_text=True)
    sheet = look(city.supervisor(), "/api/v1/reports/overdue.csv").get_data(as_text=True)
    assert number in sheet


def test_danger_that_nobody_signed_for_stands_first_and_is_marked(city):
    signed_one = city.volunteer().reports("E0505", answers={})
    city.department().signs(signed_one)
    city.clock.advance(minutes=1)
    unsigned = city.volunteer().reports("E0505", answers={}, at=ELSEWHERE)
    city.clock.advance(days=2)
    rows = overdue(city.supervisor())
    assert [row["id"] for row in rows] == [unsigned.id, signed_one.id]
    page = city.supervisor().http.get("/reports/overdue", headers=signed(city.supervisor()))
    assert page.text.count("应急</span>") == 2
