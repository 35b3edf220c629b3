"""A version is released in a scratch repository: what stands in its way, and what is done."""

import re
import subprocess
from pathlib import Path

import pytest

import release
from release import NotReadyError

HOUSE = Path(__file__).parent.parent
PROJECT = '[project]\nname = "x"\nversion = "0.1.0"\n\n[tool.mypy]\npython_version = "3.11"\n'
CHANGES = """# Changelog

## Unreleased

## 0.2.0 – 2026-12-24

### Running it

- A second thing.

## 0.1.0 – 2026-11-28

- A first thing.
"""
NOTES = "### Running it\n\n- A second thing."


def git(house, *words: str):
    told = subprocess.run(["git", *words], cwd=house, check=True, capture_output=True, text=True)
    return told.stdout.strip()


@pytest.fixture
def house(tmp_path):
    """A repository with a version, its changes and nothing else."""
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.name", "Somebody")
    git(tmp_path, "config", "user.email", "somebody@example.org")
    committed(tmp_path)
    return tmp_path


def committed(house):
    git(house, "add", "--all")
    git(house, "commit", "--quiet", "--message", "As it was")


def changed(house, old, new):
    file = house / "CHANGELOG.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    committed(house)


def refused(house, version):
    with pytest.raises(NotReadyError) as why:
        release.tag(house, version)
    assert git(house, "tag", "--list") == ""
    return str(why.value)


def test_a_version_is_numbered_committed_and_tagged_with_its_notes(house):
    assert release.tag(house, "0.2.0") == NOTES
    assert release.written_version(house) == "0.2.0"
    assert 'python_version = "3.11"' in (house / "pyproject.toml").read_text(encoding="utf-8")
    assert git(house, "log", "-1", "--format=%s") == "Version 0.2.0"
    assert git(house, "rev-parse", "v0.2.0^{commit}") == git(house, "rev-parse", "HEAD")
    kept = git(house, "tag", "--list", "--format=%(contents)", "v0.2.0")
    assert kept == f"Version 0.2.0\n\n{NOTES}"
    assert git(house, "status", "--porcelain") == ""


def test_the_version_that_is_written_already_is_tagged_as_it_stands(house):
    before = git(house, "rev-parse", "HEAD")
    assert release.tag(house, "0.1.0") == "- A first thing."
    assert git(house, "rev-parse", "v0.1.0^{commit}") == before == git(house, "rev-parse", "HEAD")


def test_nothing_is_released_from_a_tree_that_was_changed(house):
    (house / "new.txt").write_text("x", encoding="utf-8")
    assert "git status" in refused(house, "0.2.0")


@pytest.mark.parametrize("version", ["", "0.2", "v0.2.0", "0.2.0-rc1", "0.2.0\n"])
def test_a_version_is_three_numbers(house, version):
    assert "three numbers" in refused(house, version)


def test_no_version_lies_before_the_last(house):
    assert refused(house, "0.0.9") == "0.0.9 lies before 0.1.0"
    release.tag(house, "0.2.0")
    with pytest.raises(NotReadyError, match="lies before"):
        release.tag(house, "0.1.9")


def test_no_version_is_released_twice(house):
    release.tag(house, "0.2.0")
    with pytest.raises(NotReadyError, match="tagged already"):
        release.tag(house, "0.2.0")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.2.0 – 2026-12-24", "0.2.0"),
        ("0.2.0 – 2026-12-24", "0.3.0 – 2026-12-24"),
        (NOTES, ""),
    ],
)
def test_a_version_has_its_dated_section_in_the_changelog(house, old, new):
    changed(house, old, new)
    assert "## 0.2.0 – YYYY-MM-DD" in refused(house, "0.2.0")


def test_the_changelog_has_room_for_what_comes_next(house):
    changed(house, "## Unreleased\n\n", "")
    assert "## Unreleased" in refused(house, "0.2.0")


def test_words_that_are_no_release_are_told_how_to_use_it(capsys):
    assert release.main(["push", "0.2.0"]) == 2
    assert "ready|tag" in capsys.readouterr().err


def test_the_changelog_of_this_tree_tells_of_its_version():
    assert release.notes(HOUSE, release.written_version(HOUSE))


def test_nothing_here_pushes():
    assert not re.search(r"\"push\"", (HOUSE / "release.py").read_text(encoding="utf-8"))


def test_what_comes_next_is_given_to_a_version_before_it_is_released(house):
    changed(house, "## Unreleased\n", "## Unreleased\n\n- A third thing.\n")
    assert refused(house, "0.2.0") == (
        "move what stands under ## Unreleased below ## 0.2.0 – YYYY-MM-DD"
    )
