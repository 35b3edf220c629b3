"""Which of several alerts around is the one that a new report is merged into."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.domain.duplicates import Neighbour, twin_of
from dispatch.domain.law.statuses import TAKES_IN

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def neighbour(name, *, minutes, metres, status="dispatched"):
    return Neighbour(name, f"no-{name}", status, NINE + timedelta(minutes=minutes), metres)


def test_the_first_reported_is_the_master_not_the_nearest():
    near = neighbour("near", minutes=5, metres=1)
    first = neighbour("first", minutes=0, metres=49)
    last = neighbour("last", minutes=9, metres=20)
    for around in ((near, first, last), (first, last, near), (last, near, first)):
        assert twin_of(around, TAKES_IN) == first


def test_of_one_instant_it_is_always_the_same_one():
    a, b = (neighbour(name, minutes=0, metres=metres) for name, metres in (("a", 9), ("b", 1)))
    assert twin_of((a, b), TAKES_IN) == twin_of((b, a), TAKES_IN) == a


@pytest.mark.parametrize(
    "status", ["submitted", "suspended", "verifying", "resolved", "closed", "merged"]
)
def test_what_is_done_or_put_off_is_nobodys_master(status):
    assert status not in TAKES_IN
    done = neighbour("done", minutes=0, metres=1, status=status)
    open_one = neighbour("open", minutes=5, metres=40)
    assert twin_of((done, open_one), TAKES_IN) == open_one
    assert twin_of((done,), TAKES_IN) is None
