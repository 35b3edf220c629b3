"""The command line of a city with a language of its own: its playbook's words, everywhere."""

import amsterdam
import pytest
from click.testing import CliRunner

from dispatch.cli import main
from dispatch.installation.initialise import initialise
from dispatch.settings import load_settings
from dispatch.store.transaction import Store


@pytest.fixture
def folder(tmp_path):
    """Its playbook as its author has it."""
    for name, content in amsterdam.files().items():
        file = tmp_path / "playbook" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return tmp_path / "playbook"


@pytest.fixture
def installed(tmp_path, monkeypatch, sqlite_url):
    """An installation of it, on a machine that speaks English."""
    where = {"DISPATCH_DATA_DIR": str(tmp_path / "data"), "DISPATCH_DATABASE_URL": sqlite_url}
    for name, value in where.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    store = Store(load_settings(where))
    initialise(store, amsterdam.files())
    store.close()


def said(*words: str):
    return CliRunner().invoke(main, [*words])


def is_dutch(ran):
    assert ran.exit_code == 0, ran.output
    lines = ran.output.splitlines()
    assert lines
    assert all("woord" in line for line in lines if line[:1].isalpha()), ran.output


@pytest.mark.parametrize("language", [("--lang", "nl"), ("--lang", "xx"), ()])
def test_a_playbook_is_checked_and_explained_in_its_own_language(folder, language):
    is_dutch(said("playbook", "test", str(folder), *language))
    assert "woord" in said("playbook", "check", str(folder), *language).stdout
    told = said("playbook", "explain", str(folder), "--category", "hole", *language).output
    assert "woord" in told
    assert "office hours" not in told


def test_a_language_that_the_package_has_is_spoken_where_the_city_speaks_it(folder):
    """Amsterdam speaks Dutch alone: whoever asks for English gets Dutch."""
    assert "cases" not in said("playbook", "test", str(folder), "--lang", "en").output


@pytest.mark.usefixtures("installed")
def test_an_installation_speaks_as_its_city_does():
    is_dutch(said("person", "disable", "admin"))
    is_dutch(said("playbook", "versions"))
    is_dutch(said("promises", "reapply", "--dry-run"))


def test_the_next_command_speaks_its_own_language_again(folder, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    said("playbook", "test", str(folder))
    assert "There is no person" not in said("playbook", "test", str(folder)).output
    futian = said("playbook", "test", "dispatch/rules/playbooks/futian").output
    assert "cases" in futian


def test_everyday_words_find_kinds_in_its_language(folder):
    file = folder / "categories.yaml"
    file.write_text(file.read_text("utf-8").replace("label: Leak", "label: {nl: Lekkage}"), "utf-8")
    ran = said("playbook", "find", str(folder), "lekage")
    assert (ran.exit_code, ran.stdout) == (0, "lekage\tleak\n")
