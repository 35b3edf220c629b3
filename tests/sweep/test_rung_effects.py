"""Whatever a ladder can ask for happens when its time comes, and can be told afterwards."""

import pytest
from wording import words_to_write

from dispatch.domain.time.escalation import RESUME
from dispatch.domain.time.ladders import ACTIONS, LAPSE, UNDECIDED
from dispatch.sweep.rung_effects import EFFECTS

BESIDE_LADDERS = (LAPSE, RESUME, UNDECIDED)  # the city plans these by itself


@pytest.mark.parametrize("action", [*ACTIONS, *BESIDE_LADDERS])
def test_every_action_of_a_rung_has_its_effect(action):
    assert action in EFFECTS, (
        f"write what {action} does: into PUSHES of dispatch/deeds/machinery/rungs.py where people "
        "may bring it about as well, else into EFFECTS of dispatch/sweep/rung_effects.py"
    )


def test_no_effect_is_there_that_no_rung_asks_for():
    assert set(EFFECTS) == {*ACTIONS, *BESIDE_LADDERS}


@pytest.mark.parametrize("action", ACTIONS)
def test_what_was_done_about_lateness_is_told_in_words(action):
    lacking = words_to_write([f"reports.rung.{action}"])
    assert not lacking, f"write what {action} is called: {'; '.join(lacking)}"
