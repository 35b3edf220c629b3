"""The next year comes: what waited for it is dated, what is promised moves only when asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from stage import MONDAY, City, later

from dispatch import clock
from dispatch.cli import main
from dispatch.installation.load_year import load_year
from dispatch.installation.verify_store import verify_store
from dispatch.rules.language.faults import PlaybookRefused
from dispatch.store.playbooks import files_of, publish_version
from dispatch.store.tables import LogEntry, Promise, Rung
from dispatch.sweep.reapply_promises import date_undated, due_time_changes, reapply_promises
from dispatch.sweep.sweep_promises import sweep_promises

NEW_YEARS_EVE = datetime(2026, 12, 31, 7, 0, tzinfo=UTC)  # 15:00, three hours before the end
NOTICE = """
source: 国务院办公厅关于2027年部分节假日安排的通知
holidays: [2027-01-01, 2027-01-02, 2027-01-03]
working_days: [2027-01-09]
"""


@pytest.fixture
def eve(store):
    with clock.at(NEW_YEARS_EVE):
        city = City(store)
        city.report()
        yield city


@pytest.fixture
def monday(store):
    with clock.at(MONDAY):
        city = City(store)
        city.report()
        yield city


def promise(city, name):
    with city.store.read() as session:
        return session.scalars(
            select(Promise)
            .where(Promise.clock == name, Promise.alert_id == city.alert_id)
            .order_by(Promise.started_at.desc(), Promise.id.desc())
        ).first()


def told(city, code):
    with city.store.read() as session:
        rows = select(LogEntry).where(LogEntry.code == code).order_by(LogEntry.seq)
        return [row.codes for row in session.scalars(rows)]


def pending(city, name):
    with city.store.read() as session:
        rows = select(Rung).join(Promise).where(Promise.clock == name, Rung.state == "pending")
        return len(list(session.scalars(rows)))


def publish(city, old, new):
    """The active playbook with another calendars.yaml."""
    with city.store.write() as tx:
        files = files_of(tx.session, city.store.playbook_version(tx.session))
        written = files["calendars.yaml"].decode()
        assert old in written
        files["calendars.yaml"] = written.replace(old, new, 1).encode()
        publish_version(tx.session, files, "calendar", tx.now)
    city.store.forget_playbook()


def differences(store):
    return [each for check in verify_store(store) for each in check.differences]


def test_without_a_calendar_the_alert_is_dispatched_its_promise_flagged_the_district_told(eve):
    assert eve.alert().status == "dispatched"
    dispose = promise(eve, "dispose")
    assert (dispose.due_at, dispose.flag) == (None, "calendar_ends")
    assert {row["clock"] for row in told(eve, "calendar_ends")} >= {"dispose"}
    assert pending(eve, "dispose") == 0


def test_what_waited_for_the_year_is_dated_by_itself_when_it_comes(eve):
    assert date_undated(eve.store) == 0
    load_year(eve.store, 2027, NOTICE)
    assert date_undated(eve.store) > 0
    dispose = promise(eve, "dispose")
    # Five work days after Thursday: Monday the 4th to Friday the 8th; the weekend before is off.
    assert dispose.due_at == datetime(2027, 1, 8, 10, 0, tzinfo=UTC)
    assert dispose.flag is None
    assert pending(eve, "dispose") > 0
    assert date_undated(eve.store) == 0
    assert differences(eve.store) == []


def test_rungs_beyond_the_horizon_come_with_the_year(store):
    with clock.at(datetime(2026, 12, 28, 2, 0, tzinfo=UTC)):
        city = City(store)
        city.report()
        assert promise(city, "sign").flag == "ladder_ends"
        before, due_at = pending(city, "sign"), promise(city, "sign").due_at
        load_year(store, 2027, NOTICE)
        date_undated(store)
        assert promise(city, "sign").due_at == due_at
        assert pending(city, "sign") > before
        assert promise(city, "sign").flag is None


def test_life_goes_on_past_the_horizon_once_the_year_is_loaded(eve):
    load_year(eve.store, 2027, NOTICE)
    date_undated(eve.store)
    with clock.at(datetime(2027, 1, 4, 2, 0, tzinfo=UTC)):
        sweep_promises(eve.store)
        eve.step(eve.desk, "sign")
        eve.report()
        # One work day after Monday's report, as calendars on paper say.
        assert promise(eve, "sign").due_at == datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
    assert differences(eve.store) == []


def test_past_the_horizon_without_the_year_nothing_is_invented(eve):
    with clock.at(datetime(2027, 1, 4, 2, 0, tzinfo=UTC)):
        eve.report()
        sweep_promises(eve.store)
        limits = {promise(eve, name).limit: promise(eve, name).due_at for name in ("sign",)}
    assert limits == {"1 work_days": None}
    assert differences(eve.store) == []


def test_a_new_make_up_day_moves_nothing_by_itself(monday):
    before = promise(monday, "dispose").due_at
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")
    date_undated(monday.store)
    assert promise(monday, "dispose").due_at == before
    changes = due_time_changes(monday.store)
    assert sorted(each.clock for each in changes) == ["dispose", "overall"]


def test_reapply_moves_what_it_showed_with_one_row_each(monday):
    before = promise(monday, "dispose").due_at
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")
    shifts = due_time_changes(monday.store)
    after = before - timedelta(days=3) + timedelta(days=1)
    assert sorted((each.clock, each.before, each.after) for each in shifts) == [
        ("dispose", before, after),
        ("overall", before, after),
    ]
    assert reapply_promises(monday.store, shifts) == 2
    assert reapply_promises(monday.store, shifts) == 0
    assert promise(monday, "dispose").due_at == promise(monday, "overall").due_at == after
    rows = told(monday, "reapply")
    assert sorted(row["clock"] for row in rows) == ["dispose", "overall"]
    moved = {(row["before"], row["after"]) for row in rows}
    assert moved == {(before.isoformat(), after.isoformat())}
    assert due_time_changes(monday.store) == []
    assert differences(monday.store) == []


def test_what_is_late_stays_late(monday):
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")
    with later(days=8):
        assert due_time_changes(monday.store) == []
        sweep_promises(monday.store)
        assert due_time_changes(monday.store) == []


def test_a_promise_that_ended_meanwhile_does_not_move(monday):
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")
    wanted = due_time_changes(monday.store)
    monday.step(monday.volunteer, "withdraw")
    assert reapply_promises(monday.store, wanted) == 0


def test_a_paused_promise_goes_on_by_the_new_calendar(monday):
    monday.step(monday.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")
    paused = [each for each in due_time_changes(monday.store) if each.clock == "dispose"]
    assert [(each.before, each.after) for each in paused] == [(None, None)]
    reapply_promises(monday.store, paused)
    monday.step(monday.district, "rule", verdict="rejected", reason="应由你单位办理")
    assert promise(monday, "dispose").due_at == datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
    assert differences(monday.store) == []


def test_what_is_put_off_until_a_date_still_ends_by_itself(monday):
    monday.step(monday.desk, "sign")
    monday.step(monday.desk, "suspend", until=date(2026, 12, 1), plan="到货后施工", reason="等材料")
    monday.step(monday.district, "grant_suspension")
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")
    assert reapply_promises(monday.store, due_time_changes(monday.store)) == 4
    assert differences(monday.store) == []
    with later(days=8):
        sweep_promises(monday.store)
    assert monday.alert().status == "signed"
    assert differences(monday.store) == []


@pytest.mark.parametrize(
    "wrong",
    [(2028, NOTICE), (2027, NOTICE + "days: []"), (2027, "holidays: [")],
)
def test_a_faulty_year_is_refused_and_the_old_version_goes_on(monday, wrong):
    with pytest.raises(PlaybookRefused):
        load_year(monday.store, *wrong)
    with monday.store.read() as session:
        assert monday.store.playbook_version(session) == 1


def test_two_years_can_be_loaded_one_after_the_other(monday):
    load_year(monday.store, 2027, NOTICE)
    load_year(monday.store, 2028, "source: 通知\nholidays: [2028-01-01]\nworking_days: []")
    with monday.store.read() as session:
        calendar = monday.store.playbook(session).calendars["shenzhen"]
    assert calendar.plan.last.year == 2028


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_commands_show_ask_and_move(monday, settings, monkeypatch, tmp_path):
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("DISPATCH_PUBLISH_HANDS", "1")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    publish(monday, "2026-10-10\n", "2026-10-10, 2026-11-28\n")

    def run(*words: str, **options: str):
        return CliRunner().invoke(main, ["promises", *words], **options)

    shown = run("reapply", "--dry-run")
    assert "2026-11-30 18:00 → 2026-11-28 18:00" in shown.output
    assert run("reapply", input="n\n").exit_code == 1
    assert len(due_time_changes(monday.store)) == 2
    assert "moved: 2" in run("reapply", "--yes").output
    notice = tmp_path / "2027.yaml"
    notice.write_text(NOTICE, encoding="utf-8")
    assert run("load-year", "2027", str(notice)).exit_code == 0
    assert run("load-year", "2027", str(notice)).exit_code == 0  # a year can be loaded again
