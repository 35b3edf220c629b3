"""Whoever else has an account on the machine reads nothing of the data folder."""

import logging
import os
import stat

import pytest

from dispatch.store.private_files import MASK, keep_private


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def left_open(folder):
    """As earlier versions left it: everybody reads everything."""
    photo = folder / "photos" / "ab" / "abcd"
    photo.parent.mkdir(parents=True)
    for each in (photo, folder / "dispatch.sqlite3", folder / "seal.key", folder / "notes.txt"):
        each.write_text("x")
        each.chmod(0o644)
    for each in (folder, folder / "photos", photo.parent):
        each.chmod(0o755)
    return folder


def test_a_new_folder_is_its_owners_alone(folder):
    keep_private(folder)
    assert mode(folder) == 0o700


def test_what_stood_open_is_closed_and_told_once(left_open, caplog):
    with caplog.at_level(logging.WARNING):
        keep_private(left_open)
        keep_private(left_open)
    [told] = caplog.messages
    assert "6 files and folders" in told
    for each in ("", "photos", "photos/ab"):
        assert mode(left_open / each) == 0o700, each
    for each in ("dispatch.sqlite3", "seal.key", "photos/ab/abcd"):
        assert mode(left_open / each) == 0o600, each


def test_what_is_not_ours_is_left_as_it_is(left_open):
    keep_private(left_open)
    assert mode(left_open / "notes.txt") == 0o644


def test_a_folder_that_is_everybodys_is_not_taken_away_from_them(folder, caplog):
    folder.mkdir()
    folder.chmod(0o1777)
    keep_private(folder)
    assert mode(folder) == 0o1777
    assert "everybody's" in caplog.text


def test_what_a_process_writes_later_is_closed_from_the_beginning(folder):
    before = os.umask(MASK)
    try:
        keep_private(folder)
        (folder / "photo").write_text("x")
    finally:
        os.umask(before)
    assert mode(folder / "photo") == 0o600
