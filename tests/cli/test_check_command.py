"""check says on the first day, and on any other, what readyz would say."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from dispatch.cli import main
from dispatch.errors import Refused
from dispatch.store import disk_room

pytestmark = pytest.mark.one_database("what is found is found above the rows")


@pytest.fixture(autouse=True)
def city(tmp_path, monkeypatch):
    """An installation in a folder of its own."""
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", f"sqlite:///{tmp_path / 'city.sqlite3'}")
    has(monkeypatch, 900)
    assert run("init").exit_code == 0
    return tmp_path


def has(monkeypatch, free):
    disk = SimpleNamespace(f_blocks=1000, f_bfree=free, f_bavail=free, f_files=0, f_favail=0)
    monkeypatch.setattr(disk_room.os, "statvfs", lambda _folder: disk)


def run(*words: str):
    return CliRunner().invoke(main, words)


def test_an_installation_that_is_well_says_so_disk_by_disk():
    ran = run("check", "--lang", "zh")
    assert ran.exit_code == 0, ran.output
    assert "照片：剩余 90%" in ran.output
    assert "红" not in ran.output


def test_a_disk_that_fills_is_yellow_and_a_full_one_red(monkeypatch):
    has(monkeypatch, 80)
    ran = run("check", "--lang", "en")
    assert ran.exit_code == 0
    assert "yellow disk_low: Little room on the disk for photos: 8 % free." in ran.output
    has(monkeypatch, 20)
    ran = run("check", "--lang", "zh")
    assert ran.exit_code == 1
    assert "红 disk_full: 照片所在的磁盘满了，只剩 2%" in ran.output


def test_a_database_that_another_program_holds_is_red(city, monkeypatch):
    monkeypatch.setattr("dispatch.cli.check.look_at_database", silent)
    ran = run("check", "--lang", "en")
    assert ran.exit_code == 1
    assert "red database_silent: The database does not answer in time" in ran.output


def silent(_store):
    raise Refused("database_silent")
