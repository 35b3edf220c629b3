"""backup, restore and notices as an administrator types them: what they say and how they end."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import server as servers
from click.testing import CliRunner

from dispatch.cli import main
from dispatch.installation.backup.backup_folders import complete_backups
from dispatch.installation.backup.write_backup import check_backup


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """`typed("backup", …)`: in the data folder `data`, or another one; what it did."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("DISPATCH_SYNCHRONOUS", "NORMAL")

    def run(*words: object, folder="data"):
        monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / folder))
        return CliRunner().invoke(main, [str(each) for each in words])

    assert run("init").exit_code == 0
    return run


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "shelf"


def test_a_backup_says_where_it_is_and_what_is_in_it(typed, shelf):
    ran = typed("backup", shelf)
    [folder] = complete_backups(shelf)
    assert ran.exit_code == 0, ran.output
    assert str(folder) in ran.stdout
    assert "The keys are not in it (seal.key)" in ran.stdout


def test_it_speaks_chinese_where_that_is_asked(typed, shelf):
    assert "备份已写好并核对无误" in typed("backup", shelf, "--lang", "zh").stdout
    ran = typed("restore", shelf, "--lang", "zh", folder="there")
    assert ran.exit_code == 1
    assert "缺少密钥：seal.key" in ran.stderr


def test_a_restore_says_what_it_did_and_ends_with_verify(typed, shelf):
    typed("backup", shelf, "--with-keys")
    ran = typed("restore", shelf, "--lang", "zh", folder="there")
    assert ran.exit_code == 0, ran.output
    assert "的编号从 50001 起（50000 以上）" in ran.stdout
    assert "都注明“恢复后”" in ran.stdout
    *_, last_check, head = ran.stdout.splitlines()
    assert last_check.endswith("一致")
    assert head.startswith("链头 ")
    assert typed("verify", folder="there").exit_code == 0


def test_a_target_that_is_not_empty_is_refused_and_untouched(typed, shelf, tmp_path):
    typed("backup", shelf, "--with-keys")
    before = sorted((tmp_path / "data").iterdir())
    ran = typed("restore", shelf)
    assert ran.exit_code == 1
    assert f"The target {tmp_path / 'data'} is not empty" in ran.stderr
    assert sorted((tmp_path / "data").iterdir()) == before


def test_where_there_is_no_backup_that_is_said(typed, tmp_path):
    ran = typed("restore", tmp_path / "nowhere", folder="there")
    assert ran.exit_code == 1
    assert "There is no complete backup" in ran.stderr
    assert not (tmp_path / "there").exists()


def test_half_a_restore_is_used_by_no_command(typed, tmp_path):
    (tmp_path / "data" / "restore.unfinished").touch()
    for words in (("verify",), ("init",), ("backup", tmp_path / "shelf"), ("notices", "held")):
        ran = typed(*words)
        assert ran.exit_code == 1, words
        assert "did not come to its end" in ran.stderr


def test_where_nothing_is_held_that_is_said(typed):
    assert "Held: 0." in typed("notices", "held").stdout
    assert "Let go: 0." in typed("notices", "release").stdout
    assert "Not sent: 0." in typed("notices", "drop").stdout
    assert typed("notices", "release", "--by", "nobody").exit_code == 1


def backup_process(data: Path, shelf: Path, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "dispatch", "--lang", "en", "backup", str(shelf)],
        cwd=servers.HOUSE,
        env=servers.environment(data, lang="en"),
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_a_disk_without_room_is_said_with_exit_code_2_and_nothing_is_left(typed, shelf, tmp_path):
    """The kernel refuses files beyond a bound, as it does on a full disk."""
    bound = (100_000, 100_000)
    ran = backup_process(
        tmp_path / "data",
        shelf,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, bound),
    )
    _, said = ran.communicate(timeout=60)
    assert ran.returncode == 2, said
    assert str(shelf) in said
    assert "Traceback" not in said
    assert [each.name for each in shelf.iterdir()] == [".lock"]


@pytest.mark.chaos
def test_a_backup_that_is_killed_is_never_taken_for_one(typed, shelf, tmp_path):
    ran = backup_process(tmp_path / "data", shelf)
    while ran.poll() is None and not list(shelf.glob("*.unfinished")):
        time.sleep(0.001)
    os.kill(ran.pid, signal.SIGKILL)
    ran.communicate(timeout=60)
    for whole in complete_backups(shelf):  # it was quicker than the kill
        check_backup(whole)
    assert typed("backup", shelf).exit_code == 0
    assert not list(shelf.glob("*.unfinished"))
