"""A time that somebody sent is an instant, or the fault that it is."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.domain.reading import Faults, read_instant

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(written, now=NOON):
    faults = Faults()
    return read_instant("occurred_at", written, faults, now=now), [each.code for each in faults]


@pytest.mark.parametrize(
    ("ahead", "is_forgiven"),
    [
        (timedelta(minutes=-1), True),
        (timedelta(minutes=5), True),
        (timedelta(minutes=5, microseconds=1), False),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(days=1), False),
    ],
)
def test_a_clock_that_runs_ahead_is_forgiven_five_minutes_to_the_second(ahead, is_forgiven):
    moment = NOON + ahead
    told = (moment, []) if is_forgiven else (None, ["in_the_future"])
    assert read(moment.isoformat()) == told


def test_the_offset_of_the_device_counts():
    assert read("2026-11-23T20:05:00+08:00") == (NOON + timedelta(minutes=5), [])
    assert read("2026-11-23T20:05:01+08:00") == (None, ["in_the_future"])


@pytest.mark.parametrize(
    "written", [None, 5, "", "noon", "2026-11-23T12:00", "1969-12-31T23:59:59+00:00"]
)
def test_what_is_no_instant_since_1970_is_told(written):
    assert read(written) == (None, ["not_a_time"])


def test_1970_itself_is_one():
    assert read("1970-01-01T00:00:00+00:00") == (datetime(1970, 1, 1, tzinfo=UTC), [])
