"""How sure a rate is."""

import pytest

from dispatch.domain.scores import Rate


@pytest.mark.parametrize(
    ("kept", "n", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(kept, n, low, high):
    rate = Rate(kept, n)
    assert rate.low == pytest.approx(low, abs=5e-5)
    assert rate.high == pytest.approx(high, abs=5e-5)


def test_no_cases_have_no_rate():
    assert Rate(0, 0).share is None
    assert Rate(0, 0).low is None
    assert Rate(0, 0).high is None


def test_a_share_is_what_was_kept_of_all():
    assert Rate(3, 4).share == 0.75


@pytest.mark.parametrize(("kept", "n"), [(0, 1), (1, 1), (0, 5), (5, 5)])
def test_an_interval_stays_within_nothing_and_all(kept, n):
    rate = Rate(kept, n)
    assert 0.0 <= rate.low <= rate.share <= rate.high <= 1.0
    assert (rate.low == 0.0, rate.high == 1.0) == (kept == 0, kept == n)


def test_few_cases_are_not_ranked():
    assert not Rate(19, 19).may_rank
    assert Rate(20, 20).may_rank
