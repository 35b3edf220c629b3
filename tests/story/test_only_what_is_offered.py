"""Nobody is offered what would be refused, and what is not offered is refused."""

import pytest
from profiles import seeds
from walker import ASKS, Walker

from dispatch.domain.law.steps import STEPS

PRESSES = 2200
LEAST = 20
SEED = 8
# Where no neighbour is offered somebody has to know the number of the other alert.
NEEDS_MORE_THAN_THE_FORM = {("merge", "into")}
TAKEABLE = {step.name for step in STEPS.values() if not step.later and step.sources}


@pytest.mark.long
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [SEED + each for each in seeds(3)])
def test_whoever_presses_only_what_is_offered_is_never_refused(city, seed):
    city.clock.reads("2026-11-23T09:00:00+08:00")
    walk = Walker(city, seed).goes(PRESSES)
    assert walk.refused == []
    assert walk.hidden == []
    assert walk.forbidden == []
    assert set(walk.unfilled) <= NEEDS_MORE_THAN_THE_FORM
    assert walk.taken_unoffered == []
    assert walk.asked_in_vain == []
    assert {"remind", "notify", "card"} <= walk.asked.keys(), "ladders were walked as well"
    assert ASKS.keys() - walk.asked.keys() <= {"please_rate"}, "reporters are asked by their alert"
    rare = {
        step: walk.presses[step]
        for step in TAKEABLE - {"record_outcome"}
        if walk.presses[step] < LEAST
    }
    assert seed != SEED or rare == {}, "the walk has to press each step often enough to speak of it"
