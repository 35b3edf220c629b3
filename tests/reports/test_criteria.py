"""What may be asked of a report: its own groupings, and units and categories that exist."""

import csv
import io
import json

import pytest
from city import CIVIC_CENTRE, ELSEWHERE, City, refused
from click.testing import CliRunner
from sqlalchemy import update

from dispatch.app import create_app
from dispatch.cli import main
from dispatch.rules.book.loading import read_folder
from dispatch.store.playbooks import publish_version
from dispatch.store.tables import Alert, Promise

GROUPINGS = ("department", "street", "category")
FORMS = ("", ".csv", ".xlsx")
NAMES = ("overdue", "paused", "volumes", "on-time")


@pytest.fixture
def database_url(sqlite_url):
    """What is asked here is refused, or grouped, before any database differs from another."""
    return sqlite_url


@pytest.fixture
def late(city):
    """Two holes in the road, in two streets, that nobody has signed for a month."""
    holes = [city.volunteer().reports(at=at) for at in (CIVIC_CENTRE, ELSEWHERE)]
    city.clock.advance(days=30)
    return holes


def asked(city, path):
    return city.supervisor().asks("GET", f"reports/{path}")


def faults(city, path):
    with refused("invalid") as refusal:
        asked(city, path)
    assert refusal.problem["status"] == 422
    return refusal.faults


@pytest.mark.parametrize("form", FORMS)
def test_a_report_that_is_a_plain_list_is_grouped_by_nothing(city, form):
    for by in (*GROUPINGS, "person"):
        assert faults(city, f"paused{form}?by={by}") == {("by", "not_grouped")}


@pytest.mark.parametrize("form", FORMS)
def test_a_grouping_that_no_report_has_is_refused_with_those_that_it_has(city, form):
    for name in ("overdue", "volumes", "on-time"):
        with refused("invalid") as refusal:
            asked(city, f"{name}{form}?by=person")
        [fault] = refusal.problem["faults"]
        assert (fault["field"], fault["code"]) == ("by", "unknown_value")
        assert "department, street, category" in fault["detail"]


def test_the_page_of_what_is_overdue_says_that_it_takes_no_grouping(city, late, look):
    for by in (*GROUPINGS, "person"):
        answer = look(city.supervisor(), f"/reports/overdue?by={by}")
        assert (answer.status_code, answer.mimetype) == (422, "text/html")
        assert "没有“by”这个筛选条件" in answer.get_data(as_text=True)


def test_every_grouping_of_a_report_has_rows_of_that_kind(city, late):
    values = {
        "department": {"JTJ"},
        "street": {"street-futian", "street-xiangmihu"},
        "category": {"E0113"},
    }
    for name in ("overdue", "volumes", "on-time"):
        for by in GROUPINGS:
            report = asked(city, f"{name}?by={by}")
            assert {row[by] for row in report["rows"]} == values[by], (name, by)
            assert "label" in report["columns"], (name, by)


def test_on_time_by_street_gives_streets_by_their_names(city, late, look):
    rows = asked(city, "on-time?by=street")["rows"]
    assert [(row["street"], row["label"], row["due"], row["kept"]) for row in rows] == [
        ("street-futian", "福田街道", 1, 0),
        ("street-xiangmihu", "香蜜湖街道", 1, 0),
    ]
    assert "department" not in rows[0]
    sheet = look(city.supervisor(), "/api/v1/reports/on-time.csv?by=street").get_data(as_text=True)
    heading, first, _ = csv.reader(io.StringIO(sheet))
    assert (heading[1], first[1]) == ("街道", "福田街道")


@pytest.mark.parametrize("form", FORMS)
def test_a_unit_or_category_that_does_not_exist_is_refused(city, late, form):
    for name in NAMES:
        for part in GROUPINGS:
            assert faults(city, f"{name}{form}?{part}=NOPE") == {(part, "unknown_value")}


@pytest.mark.parametrize("part", GROUPINGS)
def test_the_page_says_which_filter_names_nothing(city, late, look, part):
    answer = look(city.supervisor(), f"/reports/overdue?{part}=NOPE")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f"{part}: 没有“NOPE”这个选项" in page
    assert "此刻没有超时的。" not in page


def test_a_refusal_suggests_what_was_perhaps_meant(city):
    with refused("invalid") as refusal:
        asked(city, "overdue?street=street-futain")
    assert "street-futian" in refusal.problem["faults"][0]["detail"]


def test_a_department_is_no_street_and_a_street_may_lead(city, late):
    assert faults(city, "volumes?street=JTJ") == {("street", "unknown_value")}
    assert asked(city, "overdue?department=street-futian")["rows"] == []


def test_a_unit_that_the_playbook_has_no_more_is_still_asked_for_by_its_alerts(city, late):
    with city.store.write() as tx:
        tx.session.execute(update(Alert).where(Alert.id == late[0].id).values(lead="OLD"))
        of_it = Promise.alert_id == late[0].id
        tx.session.execute(update(Promise).where(of_it, Promise.unit == "JTJ").values(unit="OLD"))
    [row] = asked(city, "overdue?department=OLD")["rows"]
    assert row["id"] == late[0].id
    with refused("invalid"):
        city.department().asks("GET", "reports/overdue?department=OLD")


def test_a_day_is_meant_as_the_district_has_it_and_whole(city):
    hole = city.volunteer().reports()  # on Monday the 23rd, 10:00 in Shenzhen
    day = "from=2026-11-23&to=2026-11-23"
    assert [row["alerts"] for row in asked(city, f"volumes?by=street&{day}")["rows"]] == [1]
    assert asked(city, "volumes?by=street&to=2026-11-22")["rows"] == []
    listed = city.supervisor().asks("GET", f"alerts?{day}")["alerts"]
    assert [card["id"] for card in listed] == [hole.id]
    assert city.supervisor().asks("GET", "alerts?from=2026-11-24")["alerts"] == []


def test_every_fault_is_told_at_once(city):
    said = "by=street&department=NOPE&street=NOPE&category=NOPE&at=yesterday&from=x&to=9999-12-31"
    found = {field for field, _ in faults(city, f"paused?{said}")}
    assert found == {"by", "at", "from", "to", *GROUPINGS}


# On the command line


@pytest.fixture
def command(store, settings, monkeypatch):
    """`command("paused", "--by", "street")`: the report command on an installation."""
    with store.write() as deed:
        publish_version(deed.session, read_folder(settings.playbook), "first", deed.now)
    city = City(create_app(settings, store), store)
    for at in (CIVIC_CENTRE, ELSEWHERE):
        city.volunteer().reports(at=at)
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("DISPATCH_ENV", "test")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return lambda *words: CliRunner().invoke(main, ["report", *words])


def test_the_command_refuses_a_grouping_that_the_report_does_not_have(command):
    ran = command("paused", "--by", "street")
    assert ran.exit_code == 1
    assert "by: This report is a plain list" in ran.stderr
    assert ran.stdout == ""


def test_the_command_groups_as_the_api_does(command):
    later = ("--at", "2099-01-01", "--format", "json")
    for name in ("overdue", "volumes", "on-time"):
        for by in GROUPINGS:
            ran = command(name, "--by", by, *later)
            assert ran.exit_code == 0, ran.stderr
            groups = json.loads(ran.stdout)["rows"]
            assert len(groups) == (2 if by == "street" else 1), (name, by)
            assert by in groups[0], (name, by)
