"""Whatever is changed behind the city's back, verify finds it and says where."""

from datetime import date, timedelta

import pytest
from boston import Boston, sample
from click.testing import CliRunner
from sqlalchemy import delete, func, select, update
from stage import HERE, MONDAY, City, later

from dispatch import clock
from dispatch.cli import main
from dispatch.domain.time.pauses import RESUME
from dispatch.installation.people.make_token import make_token
from dispatch.installation.verify_store import CHECKS, verify_store
from dispatch.promises.checks.rungs import RUNG_CODES
from dispatch.rules.intake.report_form import ReportedProblem
from dispatch.store.log_checks import ChainBreak, chain_breaks
from dispatch.store.tables import Alert, Assignment, LogDetail, LogEntry, Promise, Request, Rung
from dispatch.sweep.sweep_promises import sweep_promises

COLLAPSE = ReportedProblem("E0505", text="路面塌了一个大洞", position=HERE)


@pytest.fixture
def city(store):
    """A Monday with one alert at its handler's, one returned, another merged into that, one already
    late and one with which another unit has to help, whose lead asked for more time.
    """
    with clock.at(MONDAY):
        city = City(store)
        make_token(store, city.desk.person_id)
        city.report()
        with later(days=5):
            sweep_promises(store)
        city.report()
        city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
        returned = city.alert_id
        city.report()
        city.step(city.street, "merge", into=returned)
        city.report(COLLAPSE)
        city.step(city.desk, "sign")
        city.step(city.desk, "extend", by=1, reason="等吊车")
        city.report()
        city.step(city.desk, "sign", to=city.handler.person_id)
        city.step(city.handler, "arrive", position=HERE)
        yield city


def differences(store):
    """What recomputing finds; test_verify_rows.py proves that each changed row is named as well."""
    checks = [check for check in verify_store(store) if check.name not in {"proofs", "rows"}]
    return [each.code for check in checks for each in check.differences]


def tamper(store, statement):
    engine = store._engines.write  # noqa: SLF001 - past all that notes what is written
    with engine.begin() as connection:
        connection.execute(statement)


def test_a_city_that_nobody_touched_is_as_it_should_be(city):
    checks = list(verify_store(city.store))
    assert [check.name for check in checks] == list(CHECKS)
    assert [each for check in checks for each in check.differences] == []
    seen = {check.name: check.seen for check in checks}
    assert seen["running_clocks"] == 5
    assert seen["support_clocks"] == 5
    assert seen["paused_clocks"] == 1
    assert [name for name, count in seen.items() if not count] == ["photos"]  # nobody sent one


def test_replayed_history_is_as_it_should_be(store):
    Boston(store).replay(sample(40))
    assert differences(store) == []


def test_one_changed_byte_of_a_log_row_is_found(city):
    tamper(city.store, update(LogEntry).where(LogEntry.seq == 3).values(unit="JTK"))
    assert differences(city.store) == ["log_hash"]


def test_one_changed_byte_of_a_detail_is_found(city):
    with city.store.write() as deed:
        row = deed.session.scalar(
            select(LogDetail)
            .join(LogEntry, LogEntry.seq == LogDetail.seq)
            .where(LogEntry.code == "report")
            .limit(1),
        )
        report = row.body["report"]
        row.body = {"report": report | {"text": report["text"].replace("一", "二")}}
    assert differences(city.store) == ["log_detail"]


def test_what_the_street_erased_is_no_difference_and_what_somebody_deleted_is_one(city):
    city.report()
    city.step(city.street, "decline", reason="accusation", where_instead="12388")
    assert differences(city.store) == []
    tamper(city.store, delete(LogDetail).where(LogDetail.seq == 2))
    assert differences(city.store) == ["log_erased"]


def test_a_row_taken_out_of_the_log_is_found(city):
    tamper(city.store, delete(LogDetail).where(LogDetail.seq == 2))
    tamper(city.store, delete(LogEntry).where(LogEntry.seq == 2))
    assert "log_gap" in differences(city.store)


def test_one_missing_log_row_is_one_gap(city):
    """And the row behind it no longer follows the one before it: nothing else is accused."""
    with city.store.read() as session:
        last = session.scalar(select(func.max(LogEntry.seq)))
    assert last >= 5
    tamper(city.store, delete(LogDetail).where(LogDetail.seq == 2))
    tamper(city.store, delete(LogEntry).where(LogEntry.seq == 2))
    with city.store.read() as session:
        assert list(chain_breaks(session, city.store.seal.log_key)) == [
            ChainBreak(2, "gap"),
            ChainBreak(3, "hash"),
        ]


def test_a_log_without_its_end_is_found(city):
    with city.store.read() as session:
        last = session.scalar(select(func.max(LogEntry.seq)))
    tamper(city.store, delete(LogDetail).where(LogDetail.seq == last))
    tamper(city.store, delete(LogEntry).where(LogEntry.seq == last))
    assert differences(city.store) == ["status"]


def test_a_due_time_that_was_moved_by_a_microsecond_is_found(city):
    with city.store.write() as deed:
        promise = deed.session.scalar(_disposing())
        promise.due_at -= timedelta(microseconds=1)
    assert differences(city.store) == ["due"]


def test_a_clock_that_was_stopped_by_hand_is_found(city):
    with city.store.write() as deed:
        deed.session.scalar(_disposing()).state = "met"
    assert set(differences(city.store)) == {"clocks", "waiting"}


def test_a_support_s_clock_that_was_stopped_by_hand_is_found(city):
    with city.store.write() as deed:
        deed.session.scalar(_of_the_police("arrive")).state = "met"
    assert set(differences(city.store)) == {"clocks", "waiting"}


def test_a_support_that_was_told_by_hand_that_it_may_go_is_found(city):
    with city.store.write() as deed:
        owed = deed.session.scalar(_of_the_police("sign"))
        deed.session.get_one(Assignment, owed.assignment_id).kind = "informed"
    assert differences(city.store) == ["clocks"]


def _of_the_police(clock):
    return select(Promise).where(Promise.unit == "JJDD", Promise.clock == clock)


def test_a_decision_that_was_made_by_hand_is_found(city):
    tamper(city.store, update(Request).where(Request.kind == "extend").values(ruled_at=MONDAY))
    assert differences(city.store) == ["undecided"] * 2  # the unit's promise, and the date told


@pytest.mark.parametrize(
    ("clock_name", "state"),
    [("dispose", "ended"), ("dispose", "met"), ("overall", "met")],
)
def test_lateness_that_was_taken_off_somebody_by_hand_is_found(city, clock_name, state):
    with later(days=10):
        city.step(city.street, "reassign", lead="CGJ", reason="属城管职责")
        city.step(city.volunteer, "withdraw")
        assert differences(city.store) == []
        mine = (Promise.alert_id == city.alert_id, Promise.state == "missed")
        late = update(Promise).where(*mine, Promise.clock == clock_name).values(state=state)
        tamper(city.store, late)
        assert set(differences(city.store)) == {"outcome"}


def test_lateness_that_was_put_on_a_unit_by_hand_is_found(city):
    done = Promise.alert_id == city.alert_id, Promise.clock == "sign", Promise.state == "met"
    tamper(city.store, update(Promise).where(*done).values(state="missed"))
    assert differences(city.store) == ["outcome"]


def test_a_clock_that_stands_without_a_reason_is_found(city):
    with city.store.write() as deed:
        deed.session.scalar(_disposing()).state = "paused"
    assert "paused" in differences(city.store)


def test_a_clock_that_stands_until_a_date_and_would_never_go_on_is_found(city):
    city.step(city.desk, "suspend", until=date(2026, 12, 1), plan="到货后施工", reason="等材料")
    city.step(city.district, "grant_suspension")
    assert differences(city.store) == []
    tamper(city.store, update(Rung).where(Rung.action == RESUME).values(state="cancelled"))
    assert differences(city.store) == ["endless"] * 2  # the unit's promise, and the date told


def test_a_clock_that_stood_and_went_on_is_due_by_its_pause(city):
    city.report()
    city.step(city.desk, "return", reason="不归我们", proposed="CGJ", clause="第3条")
    with later(days=2):
        city.step(city.district, "rule", verdict="rejected", reason="归你们")
    assert differences(city.store) == []


def _disposing():
    """The running dispose clock of the alert that is at its handler's."""
    running = select(Promise).join(Alert, Alert.id == Promise.alert_id)
    return running.where(Promise.clock == "dispose", Alert.status == "on_site")


def test_a_status_that_was_set_by_hand_is_found(city):
    tamper(city.store, update(Alert).where(Alert.status == "on_site").values(status="closed"))
    assert differences(city.store) == ["status", "clocks"]


def test_a_rung_that_is_set_back_is_found(city):
    fired = select(Rung.id).where(Rung.state == "fired").limit(1).scalar_subquery()
    tamper(city.store, update(Rung).where(Rung.id == fired).values(state="pending"))
    assert differences(city.store) == ["rungs_logged"]


def test_a_merged_alert_that_says_nowhere_where_it_went_is_found(city):
    merged = update(Alert).where(Alert.status == "merged")
    tamper(city.store, merged.values(merged_into=None))
    assert differences(city.store) == ["merged"]


def test_a_rung_in_no_known_state_is_found(city):
    tamper(city.store, update(Rung).where(Rung.state == "cancelled").values(state="lost"))
    assert differences(city.store) == ["rung_state"]


def test_every_fired_rung_leaves_one_of_these_rows(city):
    with city.store.read() as session:
        rows = session.execute(select(LogEntry.code, LogEntry.codes))
        assert {code for code, codes in rows if "fired_at" in codes} <= set(RUNG_CODES)


def test_the_command_prints_a_table_and_ends_with_1_where_something_differs(
    city, settings, monkeypatch
):
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    ran = CliRunner().invoke(main, ["verify"])
    assert (ran.exit_code, len(ran.stdout.splitlines())) == (0, len(CHECKS) + 1)
    tamper(city.store, update(LogEntry).where(LogEntry.seq == 3).values(unit="JTK"))
    ran = CliRunner().invoke(main, ["verify"])
    assert ran.exit_code == 1
    assert "1 differences" in ran.stdout
    assert "Row 3 of the log was changed" in ran.stderr


def test_what_is_due_and_has_not_fired_is_noted_however_old_it_is(city):
    with later(days=400):
        remarks = [each for check in verify_store(city.store) for each in check.remarks]
        assert [(each.code, each.params["oldest"][:10]) for each in remarks] == [
            ("late", "2026-11-23")
        ]
        assert remarks[0].params["count"] > 10
        sweep_promises(city.store)
        checks = list(verify_store(city.store))
    assert [each for check in checks for each in (*check.remarks, *check.differences)] == []


def test_a_rung_that_is_due_just_now_is_no_news(city):
    due = select(func.min(Rung.due_at)).where(Rung.state == "pending")
    with city.store.read() as session:
        due_at = session.scalar(due)
    for minutes, remarks in ((9, 0), (11, 1)):
        with clock.at(due_at + timedelta(minutes=minutes)):
            checks = list(verify_store(city.store))
        assert sum(len(check.remarks) for check in checks) == remarks
