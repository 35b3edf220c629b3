"""verify asks for the key and for heads in sentences that say what to do."""

import re

import pytest
from click.testing import CliRunner

from dispatch.cli import main

pytestmark = pytest.mark.one_database("the key and the words are decided above the rows")


@pytest.fixture
def city(tmp_path, monkeypatch):
    """An installation in a folder of its own."""
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", f"sqlite:///{tmp_path / 'city.sqlite3'}")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert run("init").exit_code == 0
    return tmp_path


def run(*words: str):
    return CliRunner().invoke(main, words)


def head_in(ran):
    return re.search(r"\d+:[0-9a-f]{64}/\d+:[0-9a-f]{64}", ran.stdout)[0]


def test_a_head_of_before_is_gone_on_from(city):
    ran = run("verify")
    assert ran.exit_code == 0
    head = head_in(ran)
    again = run("verify", "--since", head, "--skip-photo-files")
    assert (again.exit_code, head_in(again)) == (0, head)
    other = run("verify", "--since", f"1:{'0' * 64}", "--lang", "en")
    assert other.exit_code == 1
    assert f"does not go on from the head 1:{'0' * 64}" in other.stderr


def test_a_cut_tail_of_the_audit_trail_is_told_by_the_head(city):
    log, _, audit = head_in(run("verify")).partition("/")
    longer = f"{log}/{int(audit.partition(':')[0]) + 1}:{'a' * 64}"
    cut = run("verify", "--since", longer, "--lang", "en")
    assert cut.exit_code == 1
    assert f"The audit trail does not go on from the head {longer[len(log) + 1 :]}" in cut.stderr
    assert run("verify", "--since", log).exit_code == 0


def test_what_is_no_head_is_refused(city):
    ran = run("verify", "--since", "yesterday", "--lang", "en")
    assert ran.exit_code == 1
    assert "“yesterday” is no head" in ran.stderr


@pytest.mark.parametrize("command", ["verify", "init", "serve"])
def test_without_its_key_nothing_is_verified_and_no_other_is_made(city, command):
    key = city / "data" / "seal.key"
    kept = key.read_bytes()
    key.unlink()
    ran = run(command, "--lang", "en")
    assert ran.exit_code == 1
    assert f"The key {key} is not there" in ran.stderr
    assert "Put the kept seal.key back" in ran.stderr
    assert not key.exists()
    key.write_bytes(kept)
    assert run("verify").exit_code == 0


@pytest.mark.parametrize("command", ["verify", "init", "serve"])
def test_with_another_key_nothing_is_verified_or_written(city, command, monkeypatch):
    monkeypatch.setenv("DISPATCH_SEAL_KEY", "another")
    ran = run(command, "--lang", "en")
    assert ran.exit_code == 1
    assert "This is not the key of this database" in ran.stderr
