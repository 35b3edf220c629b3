"""The server says when the city does not keep its promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from callers import open_app
from desk import Desk
from published import publish
from sqlalchemy import delete, select, update

from dispatch import clock
from dispatch.blueprints.health import health
from dispatch.store.backlog import note_swept
from dispatch.store.backup_age import note_backed_up, note_held
from dispatch.store.replays import note_replay
from dispatch.store.tables import Alert, LogEntry, Notice, PlaybookVersion, Promise, Rung
from dispatch.timers.jobs import beat

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # when the playbook was published
NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def http(store):
    publish(store)
    app = open_app(store)
    app.register_blueprint(health)
    return app.test_client()


@pytest.fixture
def alert(store):
    return Desk(store).report()


def ready(http, at=NOON):
    with clock.at(at):
        answer = http.get("/readyz")
    return answer.status_code, answer.json


def told_of(told):
    """The codes of the warnings, each of which has its sentence."""
    assert all(warning["detail"] for warning in told["warnings"])
    return [warning["code"] for warning in told["warnings"]]


def wait_for_rung(store, alert, due_at, name="rung"):
    with store.write() as deed:
        promise = deed.session.scalar(select(Promise.id))
        deed.session.add(
            Rung(
                id=name,
                promise_id=promise,
                alert_id=alert,
                level=1,
                action="remind",
                to=[],
                due_at=due_at,
            ),
        )


def wait_for_notice(store, alert, since):
    with store.write() as deed:
        deed.session.add(
            Notice(
                id="notice",
                alert_id=alert,
                to_kind="role_at",
                to_ref="department_dispatcher@roads",
                code="dispatched",
                params={},
                once="once",
                channel="in_app",
                created_at=since,
            ),
        )


def test_a_server_is_alive_whatever_else(http):
    assert http.get("/healthz").json == {"ok": True}


def test_a_city_that_keeps_its_promises_is_ready(http):
    status, told = ready(http)
    assert (status, told["ready"], told["warnings"]) == (200, True, [])


@pytest.mark.parametrize(("late", "status"), [(-3600, 200), (60, 200), (61, 503)])
def test_a_rung_that_nobody_fires_makes_the_server_unready(http, store, alert, late, status):
    wait_for_rung(store, alert, NOON - timedelta(seconds=late))
    assert ready(http)[0] == status


def test_a_rung_that_will_be_tried_again_is_not_late(http, store, alert):
    wait_for_rung(store, alert, NOON - timedelta(hours=1))
    with store.write() as deed:
        deed.session.execute(update(Rung).values(not_before=NOON + timedelta(seconds=1)))
    assert ready(http)[0] == 200
    assert ready(http, NOON + timedelta(seconds=2))[0] == 503


@pytest.mark.parametrize(("minutes", "status"), [(0, 200), (10, 200), (11, 503)])
def test_what_a_replay_has_still_to_fire_is_late_for_nobody_until_it_falls_silent(
    http, store, alert, minutes, status
):
    wait_for_rung(store, alert, NOON - timedelta(days=4000))
    with store.write() as deed:
        deed.session.execute(update(Alert).values(source="boston311", external_id="1"))
        note_replay(deed.session, "boston311", NOON)
    with mock.patch.object(clock, "wall", return_value=NOON + timedelta(minutes=minutes)):
        assert ready(http)[0] == status


@pytest.mark.parametrize(("failing", "status"), [(1, 200), (9, 200), (10, 503)])
def test_a_rung_that_fails_is_known_at_once_and_ten_are_an_engine_that_stands(
    http, store, alert, failing, status
):
    """Each try is put off for longer: waiting for the last one, nobody would know for minutes."""
    with store.write() as deed:
        deed.session.execute(delete(Rung))
    for number in range(failing):
        wait_for_rung(store, alert, NOON - timedelta(seconds=1), f"rung{number}")
    with store.write() as deed:
        later = {"attempts": 1, "not_before": NOON + timedelta(seconds=29)}
        deed.session.execute(update(Rung).values(later))
    found, told = ready(http)
    assert (found, told["rungs_failing"]) == (status, failing)
    assert told_of(told) == ["rungs_fail"] * (status == 503) + ["rungs_failing"]


def test_rungs_and_notices_set_aside_are_warnings(http, store, alert):
    wait_for_rung(store, alert, NOON - timedelta(days=300))
    wait_for_notice(store, alert, NOON)
    with store.write() as deed:
        deed.session.execute(update(Rung).values(state="failed"))
        deed.session.execute(update(Notice).values(state="failed"))
    status, told = ready(http)
    assert (status, told_of(told)) == (200, ["rungs_set_aside", "notices_set_aside"])


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (90, 200), (91, 503), (-91, 503)])
def test_an_engine_that_stands_still_is_known_within_two_minutes(http, store, seconds, status):
    with store.write() as deed:
        note_swept(deed.session, NOON)
    with mock.patch.object(clock, "wall", return_value=NOON + timedelta(seconds=seconds)):
        found, told = ready(http)
    assert (found, told["sweep_age_seconds"]) == (status, abs(seconds))
    assert ("no_sweep" in told_of(told)) is (status == 503)


def test_an_engine_that_never_began_is_not_counted(http):
    assert ready(http)[1]["sweep_age_seconds"] == -1


def test_the_heartbeat_tells_once_that_a_calendar_ends(http, store):
    with clock.at(datetime(2026, 11, 16, 15, 0, tzinfo=UTC)):
        beat(store)
    with clock.at(datetime(2026, 11, 17, 4, 0, tzinfo=UTC)):
        beat(store)
        beat(store)
    with store.read() as session:
        rows = list(session.scalars(select(LogEntry.codes).where(LogEntry.code == "horizon")))
    assert rows == [{"calendar": "shenzhen", "last": "2026-12-31"}]


def test_notices_that_wait_are_a_warning(http, store, alert):
    wait_for_notice(store, alert, NOON - timedelta(minutes=16))
    with store.write() as deed:  # a gateway is away: it was tried, and will be tried again
        deed.session.execute(update(Notice).values(not_before=NOON + timedelta(minutes=1)))
    status, told = ready(http)
    assert (status, told_of(told)) == (200, ["notices_wait"])
    assert told["notice_late_seconds"] == 16 * 60


@pytest.mark.parametrize(("seconds", "known"), [(90, False), (91, True)])
def test_a_notice_that_nobody_tries_to_send_is_known_within_two_minutes(
    http, store, alert, seconds, known
):
    """Whoever delivers stands still: the sweep goes on, and looks well."""
    wait_for_notice(store, alert, NOON - timedelta(minutes=5))
    with store.write() as deed:
        opened = NOON - timedelta(seconds=seconds)
        deed.session.execute(update(Notice).values(not_before=opened))
    status, told = ready(http)
    assert told["notice_untaken_seconds"] == seconds
    assert ("nobody_delivers" in told_of(told)) is known
    assert status == (503 if known else 200)  # whoever is dispatched hears nothing of it


def test_a_calendar_that_ends_soon_is_a_warning(http):
    warnings = ready(http, datetime(2026, 12, 1, tzinfo=UTC))[1]["warnings"]
    ending = [warning for warning in warnings if warning["code"] == "calendar_ends"]
    assert {warning["last"] for warning in ending} == {"2026-12-31"}
    others = {warning["code"] for warning in warnings} - {"calendar_ends"}
    assert others == {"backup_late"}  # a week after the first playbook


@pytest.mark.parametrize(("hours", "is_late"), [(26, False), (27, True)])
def test_a_city_without_any_backup_is_told_after_a_day(http, hours, is_late):
    told = ready(http, MONDAY + timedelta(hours=hours))
    assert told[0] == 200
    assert ("backup_late" in told_of(told[1])) is is_late
    assert told[1]["backup_age_seconds"] == -1


@pytest.mark.parametrize(("hours", "is_late"), [(25, False), (27, True)])
def test_a_backup_that_is_older_than_the_knob_is_told(http, store, hours, is_late):
    with store.write() as deed:
        note_backed_up(deed.session, clock.wall() - timedelta(hours=hours))
    told = ready(http, MONDAY + timedelta(days=30))[1]
    assert ("backup_late" in told_of(told)) is is_late
    assert told["backup_age_seconds"] == pytest.approx(hours * 3600, abs=60)
    assert "shaodao_backup_age_seconds" in http.get("/metrics").text


def test_nobody_is_told_of_backups_where_that_is_not_wanted(http, store):
    store.settings = replace(store.settings, backup_hours=0)
    told = ready(http, MONDAY + timedelta(days=30))[1]
    assert "backup_late" not in told_of(told)


def test_notices_that_wait_for_a_person_are_a_warning(http, store):
    with store.write() as deed:
        note_held(deed.session, 3)
    told = ready(http)[1]
    assert "notices_held" in told_of(told)
    assert told["notices_held"] == 3


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_without_a_playbook_the_server_is_not_ready(http, store, path):
    with store.write() as deed:
        deed.session.execute(delete(PlaybookVersion))
    store.forget_playbook()
    assert http.get(path).status_code in {404, 503}


def test_the_meters_speak_of_no_person_and_no_place(http, store, alert):
    wait_for_rung(store, alert, NOON - timedelta(seconds=90))
    with clock.at(NOON):
        told = http.get("/metrics").text
    assert "shaodao_rung_late_seconds 90.0" in told
    samples = [line.split()[0] for line in told.splitlines() if not line.startswith("#")]
    assert all(name.startswith("shaodao_") for name in samples)
    assert {name for name in samples if "{" in name} == {
        f'shaodao_disk_free_ratio{{where="{where}"}}' for where in folders(store)
    }


def folders(store):
    return {"data", "photos", "temporary"} | ({"database"} if store.is_sqlite else set())
