"""What may be asked of a report: its own groupings, and units and categories that exist."""

import csv
import io
import json

import pytest
from city import CIVIC_CENTRE, ELSEWHERE, City, refused
from click.testing import CliRunner
from published import publish
from sqlalchemy import update

from dispatch.app import create_app
from dispatch.cli import main
from dispatch.store.tables import Alert, Promise

GROUPINGS = ("department", "street", "category")
FORMS = ("", ".csv", ".xlsx")
NAMES = ("overdue", "paused", "volumes", "on-time")


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


# Which moments each report answers for: what it has no use for it does not take.
MOMENTS = {
    "overdue": {"at"},
    "paused": set(),
    "volumes": {"from", "to"},
    "on-time": {"at", "from", "to"},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", ["2026-11-24", "yesterday", ""])
@pytest.mark.parametrize("moment", ["at", "from", "to"])
@pytest.mark.parametrize("name", NAMES)
def test_what_a_report_would_leave_out_it_refuses(city, look, name, moment, written, form):
    path = f"{name}{form}?{moment}={written}"
    if moment not in MOMENTS[name]:
        with refused("unknown_filter") as refusal:
            asked(city, path)
        known = sorted({"by", *GROUPINGS, *MOMENTS[name]})
        assert (
            f"没有“{moment}”这个筛选条件，可以用：{', '.join(known)}。"
            in (refusal.problem["detail"])
        )
        return
    answer = look(city.supervisor(), f"/api/v1/reports/{path}")
    assert answer.status_code == (422 if written == "yesterday" else 200)


@pytest.mark.parametrize("moment", ["from", "to"])
def test_the_page_refuses_a_period_that_it_would_leave_out(city, look, moment):
    answer = look(city.supervisor(), f"/reports/overdue?{moment}=2026-11-24")
    assert answer.status_code == 422
    assert f"没有“{moment}”这个筛选条件" in answer.get_data(as_text=True)


def test_every_fault_is_told_at_once(city):
    said = "by=person&department=NOPE&street=NOPE&category=NOPE&at=yesterday&from=x&to=9999-12-31"
    found = {field for field, _ in faults(city, f"on-time?{said}")}
    assert found == {"by", "at", "from", "to", *GROUPINGS}


# On the command line


@pytest.fixture
def command(store, settings, monkeypatch):
    """`command("paused", "--by", "street")`: the report command on an installation."""
    publish(store)
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


@pytest.mark.parametrize("name", NAMES)
def test_the_command_refuses_a_moment_that_the_report_would_leave_out(command, name):
    for moment in ("at", "from", "to"):
        ran = command(name, f"--{moment}", "2026-11-24")
        is_taken = moment in MOMENTS[name]
        assert ran.exit_code == (0 if is_taken else 1), (moment, ran.stderr)
        assert (f"There is no filter “{moment}”" in ran.stderr) is not is_taken


def test_the_command_groups_as_the_api_does(command):
    later = ("--at", "2099-01-01")
    for name, at in (("overdue", later), ("volumes", ()), ("on-time", later)):
        for by in GROUPINGS:
            ran = command(name, "--by", by, *at, "--format", "json")
            assert ran.exit_code == 0, ran.stderr
            groups = json.loads(ran.stdout)["rows"]
            assert len(groups) == (2 if by == "street" else 1), (name, by)
            assert by in groups[0], (name, by)
