"""Whose lateness it is, in the rows, groups, filters and files of reports."""

import csv
import io

from city import ELSEWHERE
from openpyxl import load_workbook
from owing import overdue, returned

from dispatch.domain.roles import Grant
from dispatch.store.tables import Alert


def test_a_ruling_that_is_late_is_the_district_s_and_not_who_returned_it(city, look):
    hole = returned(city)
    city.clock.advance(days=3)
    boss = city.supervisor()
    (row,) = overdue(boss)
    assert (row["id"], row["clock"], row["department"]) == (hole.id, "ruling", "futian")
    assert row["department_label"] == "福田区"
    assert overdue(boss, "?department=JTJ") == []
    assert [each["id"] for each in overdue(boss, "?department=futian")] == [hole.id]
    groups = overdue(boss, "?by=department")
    assert [(each["department"], each["alerts"]) for each in groups] == [("futian", 1)]


def test_a_look_that_the_district_owes_is_late_with_the_district(city):
    hole = city.volunteer().reports()
    with city.store.write() as tx:
        tx.session.get_one(Alert, hole.id).street = None
    city.department().signs(hole, to=city.handler())
    city.handler().arrives(hole)
    city.handler().submits(hole, photos=["0" * 64])
    city.department().confirms(hole)
    city.clock.advance(days=10)
    [row] = overdue(city.supervisor())
    assert (row["clock"], row["department"]) == ("verify", "futian")


def test_a_department_s_filter_gives_exactly_what_its_group_counted(city, late):
    """One alert with a late lead and a late helper, one that only its lead is late with."""
    city.department().signs(late)
    call = {"unit": "JJDD", "mode": "required", "reason": "封路疏导"}
    city.department().takes("call_support", late, **call)
    returned(city)
    city.volunteer().reports(at=ELSEWHERE)
    city.clock.advance(days=20)
    boss = city.supervisor()
    groups = overdue(boss, "?by=department")
    assert {each["department"] for each in groups} == {"JTJ", "JJDD", "futian"}
    for group in groups:
        rows = overdue(boss, f"?department={group['department']}")
        assert {row["department"] for row in rows} == {group["department"]}
        assert len(rows) == len({row["id"] for row in rows}) == group["alerts"]
        assert all(row["done"] for row in rows), "what was done about the helper's clock as well"


def late_by(city, look, unit):
    """What a unit is late with, by each way of asking."""
    boss, only = city.supervisor(), f"department={unit}"
    groups = {each["department"]: each["alerts"] for each in overdue(boss, "?by=department")}
    rows = {row["number"] for row in overdue(boss, f"?{only}")}
    sheet = look(boss, f"/api/v1/reports/overdue.csv?{only}").get_data(as_text=True)
    lines = csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff")))
    page = look(boss, f"/reports/overdue?{only}").get_data(as_text=True)
    listed = boss.asks("GET", f"alerts?overdue=1&{only}")["alerts"]
    on_page = {number for number in rows | {each["short"] for each in listed} if number in page}
    return {
        "group": groups.get(unit, 0),
        "report": rows,
        "csv": {line["编号"] for line in lines},
        "page": {each["number"] for each in listed if each["short"] in on_page},
        "list": {each["number"] for each in listed},
    }


def test_reports_files_page_and_list_agree_on_who_owes_what_is_late(city, look):
    """An alert with a late lead and a late helper; one that is late by the told date alone; one
    whose helper alone is late; one that the district is late with; one that nobody is late with.
    """
    call = {"unit": "JJDD", "mode": "required", "reason": "封路疏导"}
    both, told, helped, ruled = (city.volunteer().reports() for _ in range(4))
    for each in (both, helped):
        city.department().signs(each, to=city.handler())
    city.department().takes("call_support", both, **call)
    city.department().takes("return", ruled, reason="物业红线内", proposed="SWJ", clause="第 12 条")
    city.clock.advance(days=10)
    city.street().takes("reassign", told, lead="ZJJ", reason="属住建")
    city.street().takes("reassign", helped, lead="ZJJ", reason="属住建")
    zjj = city.person("zjj", Grant("department_dispatcher", "ZJJ"))
    zjj.signs(helped, to=city.person("zjj hand", Grant("handler", "ZJJ")))
    zjj.takes("contact", helped, message="今天到")
    zjj.takes("call_support", helped, **call)
    city.person("zjj hand").arrives(helped)
    city.clock.advance(days=2)
    zjj.signs(told)
    fresh = city.volunteer().reports()
    wanted = {
        "JTJ": (both,),
        "JJDD": (both, helped),
        "ZJJ": (),
        "futian": (ruled,),
        "street-futian": (),
    }
    for unit, alerts in wanted.items():
        numbers = {each.seen["number"] for each in alerts}
        found = late_by(city, look, unit)
        assert found.pop("group") == len(numbers), unit
        assert found == dict.fromkeys(found, numbers), unit
    boss = city.supervisor()
    part = {card["id"] for card in boss.asks("GET", "alerts?department=JTJ")["alerts"]}
    assert part == {both.id, ruled.id, fresh.id}
    calm = {card["id"] for card in boss.asks("GET", "alerts?department=JTJ&overdue=0")["alerts"]}
    assert calm == {ruled.id, fresh.id}
    either = boss.asks("GET", "alerts?department=JTJ,JJDD&overdue=1")["alerts"]
    assert {card["id"] for card in either} == {both.id, helped.id}


def test_the_page_says_the_console_s_number_only_where_it_is_the_same(city, late, look):
    same = "与调度台同一时刻同一个数"
    boss = city.supervisor()
    assert same in look(boss, "/reports/overdue").get_data(as_text=True)
    for part in ("?department=JTJ", "?street=street-futian", "?at=2026-11-24T10:00:00Z"):
        page = look(boss, f"/reports/overdue{part}").get_data(as_text=True)
        assert same not in page
        assert "只含所选范围" in page


def test_files_say_hours_and_no_supervision_that_a_sheet_takes_for_a_date(city, late, look):
    city.clock.advance(days=40)
    (row,) = overdue(city.supervisor())
    wanted = {
        "超时（小时）": round(row["late_s"] / 3600, 1),
        "督办": f"督办 {late.now['supervision']}",
    }
    sheet = look(city.supervisor(), "/api/v1/reports/overdue.csv").get_data(as_text=True)
    headings, values = csv.reader(io.StringIO(sheet.removeprefix("\ufeff")))
    said = dict(zip(headings, values, strict=True))
    assert {each: said[each] for each in wanted} == {key: str(each) for key, each in wanted.items()}
    book = load_workbook(io.BytesIO(look(city.supervisor(), "/api/v1/reports/overdue.xlsx").data))
    headings, values = book.worksheets[0].iter_rows(values_only=True)
    said = dict(zip(headings, values, strict=True))
    assert {each: said[each] for each in wanted} == wanted
