"""Sweeps that are killed at random moments lose nothing and repeat nothing; broken ones do."""

import pytest
from profiles import times

from benchmarks.kill_sweep import killed

# Long enough to die in the middle, short enough for every run; `make bench` kills a hundred times.
KILLS, RUNGS = times(5, 50), times(2_500, 10_000)
# A kill may fall into a moment of rest: a broken sweep is found out in one of so many runs.
RUNS_OF_A_CONTROL = 6
CONTROL = (5, 2_500)
pytestmark = [pytest.mark.chaos, pytest.mark.long]


@pytest.fixture
def address(request, database_url):
    """The run makes its own tables: an SQLite file of its own, or an empty database."""
    if database_url.startswith("sqlite"):
        return None
    cluster = request.getfixturevalue("cluster")
    return cluster.create(f"killed_{abs(hash(request.node.name)) % 10**9}")


def test_two_sweeps_killed_again_and_again_fire_every_rung_exactly_once(address):
    toll = killed("product", address, KILLS, RUNGS)
    assert toll.kills == KILLS
    assert toll.rungs >= RUNGS
    assert (toll.lost, toll.twice, toll.breaks) == (0, 0, 0)


@pytest.mark.at_length
def test_a_claim_committed_before_its_effects_loses_rungs_and_the_test_sees_it(address):
    runs = (killed("claim first", address, *CONTROL) for _ in range(RUNS_OF_A_CONTROL))
    assert any(toll.lost for toll in runs)


@pytest.mark.at_length
def test_a_rung_chosen_before_it_is_held_fires_twice_and_the_test_sees_it(address):
    runs = (killed("select, then update", address, *CONTROL) for _ in range(RUNS_OF_A_CONTROL))
    assert any(toll.twice for toll in runs)
