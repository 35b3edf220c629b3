"""A city that was restored goes on: nothing of the backup is lost, no number comes twice."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from city import City
from sqlalchemy import func, select

from dispatch import clock
from dispatch.app import create_app
from dispatch.errors import Refused
from dispatch.installation.backup.manifest import MANIFEST
from dispatch.installation.backup.restore_backup import restore_backup
from dispatch.installation.backup.write_backup import write_backup
from dispatch.installation.verify_store import verify_store
from dispatch.store.installation_facts import epoch
from dispatch.store.tables import Alert, LogEntry, Notice
from dispatch.store.transaction import Store
from dispatch.store.unfinished import UNFINISHED
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.telling.deliver_notices import deliver_notices
from dispatch.telling.held_notices import drop_held, held_by_desk, release_held

LONG = timedelta(days=10)  # after that everything of an ordinary alert is late
HOOK = {"webhook_url": "http://127.0.0.1:9/hook", "webhook_secret": "x", "channels_dry": True}


@pytest.fixture
def backup(city, store, tmp_path):
    """A city with one alert and its photo, backed up with its keys; its settings are in use."""

    def written(folder="backups", **options):
        return write_backup(store, tmp_path / folder, "1", with_keys=True, **options).folder

    return written


def silent(_store):
    """Nobody reads along."""


@contextmanager
def opened(settings):
    store = Store(settings)
    try:
        yield store
    finally:
        store.close()


def restored(settings, folder):
    return restore_backup(settings, folder, silent)


def with_its_people(city, store):
    """The restored city: the same people with the same tokens, on its own server."""
    again = City(create_app(store.settings, store), store)
    again._people = {  # noqa: SLF001 - nobody is made anew
        name: replace(person, city=again, http=again.app.test_client())
        for name, person in city._people.items()  # noqa: SLF001 - as above
    }
    return again


def differences(store):
    return [each for check in verify_store(store) for each in check.differences]


def test_everything_of_the_backup_is_there_and_verify_agrees(city, alert, backup, elsewhere):
    city.department().signs(alert)
    there = elsewhere()
    done = restored(there, backup())
    with opened(there) as store:
        again = with_its_people(city, store)
        seen = again.supervisor().sees(alert)
        assert (seen["number"], seen["status"]) == (alert.seen["number"], "signed")
        [shown] = seen["photos"]
        sha256 = shown["sha256"]
        answer = again.volunteer().http.get(
            f"/api/v1/alerts/{alert.id}/photos/{sha256}",
            headers={"Authorization": f"Bearer {again.volunteer().token}"},
        )
        assert answer.status_code == 200
        assert differences(store) == []
    assert not (there.data_dir / UNFINISHED).exists()
    assert done.is_noted


def test_positions_in_the_old_log_are_no_more(city, store, backup, elsewhere):
    there = elsewhere()
    restored(there, backup())
    with store.read() as session:
        before = epoch(session)
    with opened(there) as again, again.read() as session:
        assert epoch(session) not in {before, "0"}


def test_a_number_of_the_lost_hours_is_never_given_again(city, backup, elsewhere):
    first = city.volunteer().reports()
    folder = backup()
    lost = [city.volunteer().reports() for _ in range(3)]
    there = elsewhere()
    assert restored(there, folder).begun.serials == {"2026-11-23": 50_000}
    given = [serial_of(there, city)]
    twice = elsewhere()  # the machine dies once more before any backup was written
    assert restored(twice, folder).begun.serials == {"2026-11-23": 100_000}
    given.append(serial_of(twice, city))
    known = {each.seen["number"] for each in (first, *lost)}
    assert given == ["50001", "100001"]
    assert len(known) == 4


def serial_of(settings, city):
    """Of the next alert that is reported there."""
    with opened(settings) as store:
        return with_its_people(city, store).volunteer().reports().seen["number"].split("-")[2]


def test_each_day_of_the_loss_goes_on_above(city, backup, elsewhere):
    folder = backup()
    with clock.at(clock.now() + timedelta(days=2)):
        begun = restored(elsewhere(), folder).begun
    assert list(begun.serials) == ["2026-11-23", "2026-11-24", "2026-11-25"]


def fired(store):
    with store.read() as session:
        rows = session.scalars(select(LogEntry).where(LogEntry.role == "system"))
        return [each for each in rows if each.code in {"remind", "notify", "card"}]


def test_what_fell_due_is_done_once_and_says_that_it_is_after_the_restore(city, backup, elsewhere):
    alert = city.volunteer().reports()
    folder, there = backup(), elsewhere()
    with clock.at(clock.now() + LONG):
        done = restored(there, folder)
        assert done.begun.fired > 0
        with opened(there) as store:
            before = fired(store)
            assert before
            assert all(each.codes["after_restore"] for each in before)
            assert sweep_promises(store) == 0
            assert len(fired(store)) == len(before)
            again = City(create_app(there, store), store)
            told = [row["sentence"] for row in again.supervisor().sees(alert)["timeline"]]
            assert any(sentence.startswith("恢复后：") for sentence in told), told


def test_what_comes_later_is_as_ever(city, backup, elsewhere):
    there = elsewhere()
    restored(there, backup())
    with opened(there) as store:
        with_its_people(city, store).volunteer().reports()
        with store.read() as session:
            newest = session.scalars(select(LogEntry).where(LogEntry.code == "dispatch")).all()[-1]
            assert "after_restore" not in newest.codes


@pytest.fixture
def late_city(city, backup, elsewhere):
    """Three ordinary alerts and one with danger to life that fell due while nobody was there;
    notices go outside, and two may go without a person's word.
    """
    city.person("admin")
    for _ in range(3):
        city.volunteer().reports()
    city.volunteer().reports(text="路面塌了，有人掉下去了")
    folder, there = backup(), elsewhere(restore_notices=2, **HOOK)
    with clock.at(clock.now() + LONG):
        done = restored(there, folder)
        with opened(there) as store:
            yield store, done.begun


def waiting(store, state):
    with store.read() as session:
        rows = session.execute(
            select(Notice, Alert)
            .outerjoin(Alert, Alert.id == Notice.alert_id)
            .where(Notice.state == state)
        )
        return list(rows)


def test_bulk_waits_for_a_person_and_danger_does_not(late_city):
    store, begun = late_city
    held = waiting(store, "held")
    assert len(held) == begun.held > 2
    assert not any(alert.life_safety for _, alert in held)
    assert any(alert and alert.life_safety for _, alert in waiting(store, "pending"))
    assert all(notice.params["after_restore"] for notice, _ in held)
    assert sum(count for *_, count in held_by_desk(store)) == begun.held


def test_what_is_held_is_neither_sent_nor_lost(city, late_city):
    store, begun = late_city
    deliver_notices(store)
    assert len(waiting(store, "held")) == begun.held
    again = with_its_people(city, store)
    [told] = again.person("admin").asks("GET", "notices")["notices"]
    assert told["code"] == "notices_held"
    assert str(begun.held) in told["sentence"]
    codes = {each["code"] for each in again.app.test_client().get("/readyz").json["warnings"]}
    assert "notices_held" in codes


def test_a_person_lets_them_go_once(city, late_city):
    store, begun = late_city
    assert release_held(store, "boss") == begun.held
    assert waiting(store, "held") == []
    assert release_held(store, "boss") == 0
    deliver_notices(store)
    assert waiting(store, "pending") == [] or all(
        notice.channel != "in_app" for notice, _ in waiting(store, "pending")
    )
    with store.read() as session:
        told = select(LogEntry.codes).where(LogEntry.code == "notices_released")
        assert session.scalars(told).all() == [{"count": begun.held, "by": "boss"}]
    again = with_its_people(city, store)
    assert again.person("admin").asks("GET", "notices")["notices"] == []


def test_or_leaves_them_and_the_rows_say_so(late_city):
    store, begun = late_city
    assert drop_held(store, None) == begun.held
    dropped = [notice for notice, _ in waiting(store, "dropped") if notice.alert_id]
    assert len(dropped) == begun.held
    assert {notice.receipt for notice in dropped} == {"dropped after a restore"}


def test_few_notices_go_as_ever(city, backup, elsewhere):
    city.volunteer().reports()
    folder, there = backup(), elsewhere(restore_notices=500, **HOOK)
    with clock.at(clock.now() + LONG):
        assert restored(there, folder).begun.held == 0
        with opened(there) as store:
            assert waiting(store, "pending")
            assert waiting(store, "held") == []


def test_nothing_is_restored_over_anything(city, backup, elsewhere, settings):
    folder = backup()
    with pytest.raises(Refused, match="target_not_empty"):
        restored(settings, folder)
    there = elsewhere()
    there.data_dir.mkdir()
    (there.data_dir / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match="target_not_empty"):
        restored(there, folder)
    assert [each.name for each in there.data_dir.iterdir()] == ["notes.txt"]
    used = replace(elsewhere(), database_url=settings.database_url)
    with pytest.raises(Refused, match="target_not_empty"):
        restored(used, folder)


def test_a_refusal_never_shows_the_password_of_the_database(city, backup, elsewhere, settings):
    if not settings.database_url.startswith("postgresql"):
        return
    url = settings.database_url.replace("city@", "city:s3cret@")
    with pytest.raises(Refused) as refused:
        restored(replace(elsewhere(), database_url=url), backup())
    assert "s3cret" not in str(refused.value)


def test_a_database_that_does_not_answer_is_said_before_anything_is_written(
    city, backup, elsewhere, settings
):
    if not settings.database_url.startswith("postgresql"):
        return
    there = elsewhere()
    url = "postgresql+psycopg://city@127.0.0.1:1/city"
    with pytest.raises(Refused, match="database_away"):
        restored(replace(there, database_url=url), backup())
    assert not there.data_dir.exists()


def test_a_key_that_is_missing_is_named_before_anything_is_written(
    city, store, elsewhere, tmp_path
):
    folder = write_backup(store, tmp_path / "backups", "1", with_keys=False).folder
    there = elsewhere()
    with pytest.raises(Refused, match=r"keys_missing names=seal\.key"):
        restored(there, folder)
    assert not there.data_dir.exists()
    there.data_dir.mkdir()
    (there.data_dir / "seal.key").write_text("another one")
    with pytest.raises(Refused, match="keys_wrong"):
        restored(there, folder)
    shutil.copy(store.data_dir / "seal.key", there.data_dir)
    (there.data_dir / "lost+found").mkdir()  # of a disk of its own
    assert restored(there, folder).begun.serials


def test_a_key_may_stand_in_the_settings(city, store, elsewhere, tmp_path):
    folder = write_backup(store, tmp_path / "backups", "1", with_keys=False).folder
    key = (store.data_dir / "seal.key").read_text()
    there = elsewhere(seal_key=key)
    restored(there, folder)
    assert not (there.data_dir / "seal.key").exists()


def test_a_database_of_the_other_kind_is_refused(city, backup, elsewhere):
    there = elsewhere()
    is_sqlite = there.database_url.startswith("sqlite")
    other = "postgresql://nobody@localhost/x" if is_sqlite else "sqlite:////tmp/x.sqlite3"
    with pytest.raises(Refused, match="other_database"):
        restored(replace(there, database_url=other), backup())


def test_a_backup_of_later_tables_is_refused(city, backup, elsewhere):
    folder = backup()
    manifest = folder / MANIFEST
    revision = manifest.read_text().split('"revision": "')[1].split('"')[0]
    manifest.write_text(manifest.read_text().replace(f'"{revision}"', '"9999"', 1))
    with pytest.raises(Refused, match="backup_newer"):
        restored(elsewhere(), folder)


def test_one_that_was_cut_off_leaves_its_mark(city, backup, elsewhere):
    there = elsewhere()

    def dies(_store):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore_backup(there, backup(), dies)
    assert (there.data_dir / UNFINISHED).exists()
    with pytest.raises(Refused, match="target_not_empty"):
        restored(there, backup("others"))


def test_who_was_there_is_counted(city, backup, elsewhere):
    people = len(city.people())
    city.volunteer()
    there = elsewhere()
    done = restored(there, backup())
    assert done.manifest.counts["person"] == people + 1
    with opened(there) as store, store.read() as session:
        assert session.scalar(select(func.count()).select_from(LogEntry)) > 0
