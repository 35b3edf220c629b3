"""How sure a rate is."""

import pytest

from dispatch.domain.scores import FEWEST, Rate


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


def test_few_cases_are_not_ranked():
    assert not Rate(19, FEWEST - 1).may_rank
    assert Rate(20, FEWEST).may_rank
