"""The file is gone, the disk full, somebody writes at length: no lost report is acknowledged."""

import errno
import threading
import time
import uuid
from hashlib import sha256
from pathlib import Path

import pytest
from city import refused
from held import full, lose, replace_with_a_copy, writing
from hostile import REPORT, puts
from sqlalchemy import func, make_url, select

from dispatch.errors import Refused
from dispatch.store import photos
from dispatch.store.tables import Alert


@pytest.fixture
def impatient(city):
    """Nobody waits for a turn to write for longer than a moment."""
    queue = city.store._engines.queue  # noqa: SLF001 - no knob: nobody should wait for longer
    patience, queue.patience_s = queue.patience_s, 0.1
    yield queue
    queue.patience_s = patience


def alerts(city):
    with city.store.read() as session:
        return session.scalar(select(func.count()).select_from(Alert))


@pytest.mark.parametrize("befalls", [lose, replace_with_a_copy])
def test_a_report_is_not_acknowledged_once_the_file_is_gone(city, befalls):
    volunteer = city.volunteer()
    volunteer.reports()
    befalls(city.store)
    for _ in range(4):
        with refused("database_away"):
            volunteer.reports()
    with refused("database_away"):
        volunteer.asks("GET", "tasks")
    assert city.app.test_client().get("/readyz").status_code == 503


def test_a_file_that_goes_while_a_report_is_written_takes_it_along_unacknowledged(city):
    volunteer = city.volunteer()

    def write():
        with city.store.write() as tx:
            tx.session.execute(select(Alert))
            lose(city.store)

    with pytest.raises(Refused, match="database_away"):
        write()
    with refused("database_away"):
        volunteer.reports()


def test_nobody_makes_a_new_file_in_the_place_of_the_lost_one(city):
    volunteer = city.volunteer()
    city.store._engines.read.dispose()  # noqa: SLF001 - the next reader needs a new connection
    lose(city.store)
    with refused("database_away"):
        volunteer.reports()
    assert not Path(make_url(city.store.settings.database_url).database).exists()


def test_a_file_that_is_put_back_is_used_again(city):
    volunteer = city.volunteer()
    volunteer.reports()
    aside = replace_with_a_copy(city.store)
    with refused("database_away"):
        volunteer.reports()
    aside.rename(make_url(city.store.settings.database_url).database)
    volunteer.reports()
    assert alerts(city) == 2


def test_latest_commits_that_are_deleted_beside_the_file_are_missed(city):
    volunteer = city.volunteer()
    volunteer.reports()
    Path(f"{make_url(city.store.settings.database_url).database}-wal").unlink()
    with refused("database_away"):
        volunteer.reports()


def test_once_every_connection_was_closed_the_next_ones_find_all_that_was_written(city):
    volunteer = city.volunteer()
    volunteer.reports()
    city.store._engines.read.dispose()  # noqa: SLF001 - with the last one SQLite takes
    city.store._engines.write.dispose()  # noqa: SLF001 - the file of latest commits away
    volunteer.reports()
    assert alerts(city) == 2


def test_a_writer_whose_turn_does_not_come_is_told_when_to_try_again(city, impatient):
    volunteer, done = city.volunteer(), threading.Event()
    begun = threading.Event()

    def write_at_length():
        with city.store.write():
            begun.set()
            done.wait(10)

    other = threading.Thread(target=write_at_length)
    other.start()
    begun.wait(10)
    with refused("writes_wait") as refusal:
        volunteer.reports()
    done.set()
    other.join()
    assert "5 " in refusal.problem["detail"]
    assert alerts(city) == 0
    volunteer.reports()
    assert alerts(city) == 1


def test_another_process_that_writes_at_length_keeps_nobody_longer(city, impatient):
    volunteer = city.volunteer()
    with writing(city.store):
        begun = time.monotonic()
        answer = puts(volunteer, REPORT, str(uuid.uuid4()))
        assert time.monotonic() - begun < 2
    assert (answer.status_code, answer.json["code"]) == (503, "writes_wait")
    assert answer.headers["Retry-After"] == "5"
    volunteer.reports()


def test_whoever_waits_for_both_waits_for_five_seconds_in_all(city, impatient):
    impatient.patience_s = 5.0
    with impatient.turn():
        assert impatient.left_ms() <= 5000
        time.sleep(0.02)  # the machine's time: what is waited for is not the city's
        assert impatient.left_ms() <= 4980


@pytest.mark.parametrize("patience", [5.0, 4.6, 1.0])
@pytest.mark.usefixtures("store")  # it closes them
def test_no_connection_waits_longer_than_is_left(engines, patience, monkeypatch):
    for left in (patience, 5.0, patience):
        monkeypatch.setattr(engines.queue, "patience_s", left)
        with engines.turn(), engines.write.begin() as connection:
            told = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        assert left * 1000 - 500 <= told <= left * 1000


def test_a_report_that_finds_no_room_is_refused_by_name_and_taken_once_there_is_some(city):
    volunteer = city.volunteer()
    with full(city.store), refused("no_room"):
        volunteer.reports(text="路上有坑" * 200)
    volunteer.reports()
    assert alerts(city) == 1


@pytest.mark.parametrize("lacks", [errno.ENOSPC, errno.EDQUOT])
def test_a_photo_that_finds_no_room_is_refused_by_name(city, photo, monkeypatch, lacks):
    volunteer = city.volunteer()
    alert = volunteer.reports(photos=[sha256(photo).hexdigest()])

    def no_room(_handle):
        raise OSError(lacks, "no room")

    monkeypatch.setattr(photos.os, "fsync", no_room)
    with refused("no_room"):
        volunteer.sends_photo(alert, photo)
    monkeypatch.undo()
    volunteer.sends_photo(alert, photo)
