"""In which language a command speaks: as asked, as the terminal, as the city, else English."""

import amsterdam
import pytest
from click.testing import CliRunner
from town import FILES, as_bytes

from dispatch.cli import main

NOWHERE = ("C.UTF-8", "nl_NL.UTF-8")


@pytest.fixture
def terminal(tmp_path, monkeypatch, sqlite_url):
    """A machine that is yet to become an installation, and what its terminal speaks."""
    monkeypatch.setenv("DISPATCH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DISPATCH_DATABASE_URL", sqlite_url)
    for name in ("LC_MESSAGES", "LANG", "DISPATCH_LANG"):
        monkeypatch.delenv(name, raising=False)
    return lambda locale: monkeypatch.setenv("LC_ALL", locale)


def folder_of(path, files):
    for name, content in files.items():
        file = path / "playbook" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return str(path / "playbook")


def said(*words: str):
    ran = CliRunner().invoke(main, [*words])
    return ran.output


@pytest.mark.parametrize("locale", NOWHERE)
def test_the_first_words_of_a_city_are_in_its_own_language(terminal, tmp_path, monkeypatch, locale):
    terminal(locale)
    monkeypatch.setenv("DISPATCH_PLAYBOOK", folder_of(tmp_path, amsterdam.files()))
    assert "woord" in said("init")
    assert "woord" in said("playbook", "versions")
    assert "woord" in said("person", "disable", "nobody")


@pytest.mark.parametrize("locale", NOWHERE)
def test_a_chinese_city_is_spoken_to_in_chinese(terminal, locale):
    terminal(locale)
    assert "第 1 版" in said("init")
    assert "没有" in said("person", "disable", "nobody")


@pytest.mark.parametrize("locale", NOWHERE)
def test_before_there_is_a_city_english_is_spoken(terminal, locale):
    terminal(locale)
    assert "nobody called" in said("person", "disable", "nobody")
    assert not [sign for sign in said("person", "disable", "nobody") if sign > "\u3400"]


def test_a_terminal_that_speaks_chinese_is_answered_so(terminal):
    terminal("zh_CN.UTF-8")
    assert "没有“nobody”" in said("person", "disable", "nobody")


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "zh", "person", "disable", "nobody"),
        ("person", "--lang", "zh", "disable", "nobody"),
        ("person", "disable", "nobody", "--lang", "zh"),
    ],
)
def test_a_language_is_asked_for_anywhere_in_a_command(terminal, words):
    terminal("en_US.UTF-8")
    assert "没有“nobody”" in said(*words)


def test_a_language_may_be_set_for_all_commands(terminal, monkeypatch):
    terminal("en_US.UTF-8")
    monkeypatch.setenv("DISPATCH_LANG", "zh")
    assert "没有“nobody”" in said("person", "disable", "nobody")


@pytest.mark.parametrize(
    ("language", "wrong"), [("zh", "没有"), ("en", "no unit"), ("nl", "no unit")]
)
def test_a_playbook_that_cannot_be_read_is_told_in_its_own_language(
    terminal, tmp_path, language, wrong
):
    terminal("C.UTF-8")
    files = as_bytes(FILES) if language != "nl" else amsterdam.files()
    files = {
        name: content.replace(b"lead: WATER", b"lead: NOBODY") for name, content in files.items()
    }
    district = files["district.yaml"].replace(b"language: en", f"language: {language}".encode())
    assert wrong in said(
        "playbook", "check", folder_of(tmp_path, files | {"district.yaml": district})
    )
