"""A number that the lost hours gave is never given again."""

from datetime import date

import pytest

from dispatch.installation.backup.serials import (
    days_between,
    note_serials,
    noted_serials,
    serial_above,
)


@pytest.mark.parametrize(
    ("known", "given_before", "above"),
    [
        (0, 0, 50_000),
        (1, 0, 50_000),
        (25_000, 0, 50_000),
        (25_001, 0, 100_000),  # the lost hours may have passed 50,000
        (50_007, 0, 100_000),  # it was restored once already, and backed up since
        (3, 50_000, 100_000),  # restored twice from the same backup
        (50_007, 100_000, 150_000),
    ],
)
def test_numbers_go_on_above_everything_that_may_have_been_given(known, given_before, above):
    assert serial_above(known, given_before) == above


def test_each_day_that_was_lost_counts_also_where_a_clock_runs_behind():
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)]
    assert days_between(days[0], days[2]) == days == days_between(days[2], days[0])
    assert days_between(days[0], days[0]) == days[:1]


def test_a_restore_leaves_word_beside_the_backups_for_the_next_one(tmp_path):
    backup = tmp_path / "shaodao-20261128T000000Z"
    assert noted_serials(backup) == {}
    assert note_serials(backup, {"2026-11-28": 50_000})
    assert note_serials(backup, {"2026-11-29": 50_000})
    assert noted_serials(backup) == {"2026-11-28": 50_000, "2026-11-29": 50_000}


def test_where_no_word_can_be_left_that_is_known(tmp_path):
    assert not note_serials(tmp_path / "gone" / "backup", {"2026-11-28": 50_000})
    (tmp_path / ".restored.json").write_text("[]")
    assert noted_serials(tmp_path / "backup") == {}
