"""A backup is whole and checked, or it is none."""

import errno
import shutil
import stat
from datetime import timedelta

import pytest
from sqlalchemy import delete

from dispatch import clock
from dispatch.errors import Refused
from dispatch.installation.backup.backup_folders import (
    complete_backups,
    find_backup,
    only_writer,
    unfinished,
)
from dispatch.installation.backup.manifest import MANIFEST, copied_file, read_manifest
from dispatch.installation.backup.postgresql_tools import find_tool
from dispatch.installation.backup.snapshots import database_kind
from dispatch.installation.backup.write_backup import check_backup, write_backup
from dispatch.store.backup_age import since_backup
from dispatch.store.installation_facts import epoch
from dispatch.store.photos import photo_path
from dispatch.store.tables import Photo


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "backups"


def kept_photos(store):
    with store.read() as session:
        return sorted(session.scalars(Photo.__table__.select().with_only_columns(Photo.stored)))


def test_it_says_what_it_is_a_copy_of(city, alert, store, shelf):
    written = write_backup(store, shelf, "9.9", with_keys=False)
    told = read_manifest(written.folder)
    kind = database_kind(store.settings.database_url)
    assert (told.version, told.database, told.has_keys) == ("9.9", kind.name, False)
    assert told.counts["alert"] == 1
    assert told.counts["log"] == told.head_seq > 0
    with store.read() as session:
        assert told.epoch == epoch(session)
    assert {kind.file} < told.files.keys()
    assert len(told.photos) == 2  # the picture and its thumbnail
    for name, each in told.files.items():
        assert copied_file(written.folder / name) == each
    assert told.lost_photos == ()


def test_nobody_else_on_the_machine_can_read_it(city, alert, store, shelf):
    written = write_backup(store, shelf, "1", with_keys=True)
    assert stat.S_IMODE(written.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((written.folder / "seal.key").stat().st_mode) == 0o600


def test_the_keys_are_in_it_only_where_that_was_asked(city, store, shelf):
    without = write_backup(store, shelf, "1", with_keys=False)
    assert not list(without.folder.rglob("*.key"))
    secret = (store.data_dir / "seal.key").read_text()
    assert secret not in (without.folder / MANIFEST).read_text()
    again = write_backup(store, shelf.with_name("other"), "1", with_keys=True)
    assert (again.folder / "seal.key").read_text() == secret


def test_its_age_is_known_once_it_is_checked(city, store, shelf):
    with store.read() as session:
        assert since_backup(session, clock.wall()) is None
    written = write_backup(store, shelf, "1", with_keys=False)
    with store.read() as session:
        later = written.manifest.taken_at + timedelta(hours=3)
        assert since_backup(session, later) == timedelta(hours=3)


def test_a_photo_that_was_saved_before_takes_no_room_again(city, alert, store, shelf, monkeypatch):
    first = write_backup(store, shelf, "1", with_keys=False)
    moment = first.manifest.taken_at + timedelta(days=1)
    monkeypatch.setattr(clock, "wall", lambda: moment)
    second = write_backup(store, shelf, "1", with_keys=False)
    for name in first.manifest.photos:
        assert (first.folder / name).samefile(second.folder / name)


def test_a_photo_that_was_damaged_in_the_backup_before_is_copied_anew(
    city, alert, store, shelf, monkeypatch
):
    first = write_backup(store, shelf, "1", with_keys=False)
    broken = first.folder / first.manifest.photos[0]
    broken.write_bytes(b"rot")
    moment = first.manifest.taken_at + timedelta(days=1)
    monkeypatch.setattr(clock, "wall", lambda: moment)
    second = write_backup(store, shelf, "1", with_keys=False)
    assert (second.folder / first.manifest.photos[0]).read_bytes() != b"rot"


def test_a_photo_whose_file_is_gone_is_named_and_everything_else_is_there(
    city, alert, store, shelf
):
    [stored] = kept_photos(store)
    photo_path(store.data_dir, stored).unlink()
    written = write_backup(store, shelf, "1", with_keys=False)
    assert written.manifest.lost_photos == (stored,)
    assert len(written.manifest.photos) == 1
    check_backup(written.folder)


def test_a_photo_that_nobody_declared_may_go_while_the_backup_is_written(
    city, alert, store, shelf, photo
):
    undeclared = photo + b"\0"
    city.volunteer().sends_photo(alert, undeclared)
    with store.write() as tx:
        tx.session.execute(delete(Photo).where(Photo.declared_at.is_not(None)))
        rows = tx.session.scalars(Photo.__table__.select().with_only_columns(Photo.stored))
        for stored in rows:
            photo_path(store.data_dir, stored).unlink(missing_ok=True)
    assert write_backup(store, shelf, "1", with_keys=False).manifest.lost_photos == ()


@pytest.mark.parametrize("change", ["cut off", "changed", "gone"])
def test_whatever_happens_to_a_file_of_it_is_noticed(city, alert, store, shelf, change):
    written = write_backup(store, shelf, "1", with_keys=False)
    file = written.folder / database_kind(store.settings.database_url).file
    body = file.read_bytes()
    if change == "gone":
        file.unlink()
    else:
        file.write_bytes(body[:-100] if change == "cut off" else body[:500] + b"x" + body[501:])
    with pytest.raises(Refused, match="backup_damaged"):
        check_backup(written.folder)


def test_a_copy_with_other_rows_than_its_manifest_says_is_no_backup(city, alert, store, shelf):
    written = write_backup(store, shelf, "1", with_keys=False)
    manifest = written.folder / MANIFEST
    manifest.write_text(manifest.read_text().replace('"alert": 1', '"alert": 2'))
    with pytest.raises(Refused, match="backup_damaged"):
        check_backup(written.folder)


def test_one_that_was_killed_is_never_taken_for_one_and_goes_with_the_next(city, store, shelf):
    killed = shelf / "shaodao-20270101T000000Z.unfinished"
    killed.mkdir(parents=True)
    (killed / MANIFEST).write_text("{}")
    assert complete_backups(shelf) == []
    with pytest.raises(Refused, match="no_backup"):
        find_backup(shelf)
    with pytest.raises(Refused, match="no_backup"):
        find_backup(killed)
    written = write_backup(store, shelf, "1", with_keys=False)
    assert not killed.exists()
    assert find_backup(shelf) == written.folder == find_backup(written.folder)


def test_two_at_once_do_not_disturb_each_other(city, store, shelf):
    with only_writer(shelf), pytest.raises(Refused, match="backup_running"):
        write_backup(store, shelf, "1", with_keys=False)
    write_backup(store, shelf, "1", with_keys=False)


def test_one_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(FileExistsError), unfinished(tmp_path / "shaodao-x") as path:
        path.mkdir()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EFBIG, "disk_full"),
        (errno.EROFS, "not_written"),
    ],
)
def test_a_disk_that_takes_no_more_is_named(city, alert, store, shelf, monkeypatch, fault, code):
    def full(*_: object):
        raise OSError(fault, "no")

    monkeypatch.setattr(shutil, "copyfile", full)  # the disk, not ours
    with pytest.raises(Refused, match=code):
        write_backup(store, shelf, "1", with_keys=False)
    assert complete_backups(shelf) == []
    assert [each.name for each in shelf.iterdir()] == [".lock"]
    with store.read() as session:
        assert since_backup(session, clock.wall()) is None


def test_what_is_no_backup_is_refused_in_words(tmp_path):
    for told in ("", "[]", "{}", '{"format": 1}', '{"format": "x"}'):
        (tmp_path / MANIFEST).write_text(told)
        with pytest.raises(Refused, match="no_backup"):
            read_manifest(tmp_path)
    (tmp_path / MANIFEST).write_text('{"format": 2, "version": "7.0"}')
    with pytest.raises(Refused, match="backup_newer"):
        read_manifest(tmp_path)


def test_a_manifest_that_names_files_elsewhere_is_none(city, store, shelf):
    written = write_backup(store, shelf, "1", with_keys=False)
    manifest = written.folder / MANIFEST
    manifest.write_text(manifest.read_text().replace('"files": {', '"files": {"../x": {}, '))
    with pytest.raises(Refused, match="no_backup"):
        read_manifest(written.folder)


def test_tools_that_are_not_there_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr("dispatch.installation.backup.postgresql_tools._DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="tool=pg_dump"):
        find_tool("pg_dump")
