"""Futian's playbook: a hole in the road goes where it should."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

import dispatch.rules
from dispatch.rules.engine import decide
from dispatch.rules.facts import Facts
from dispatch.rules.loading import load_folder

FUTIAN = Path(dispatch.rules.__file__).parent / "playbooks" / "futian"
MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def futian():
    return load_folder(FUTIAN)


def test_a_hole_in_the_road_at_the_civic_centre_is_led_by_transport(futian):
    place = futian.places.resolve(114.0579, 22.5431)
    hole = Facts("E0113", MONDAY_MORNING, street=place.street, answers={"urgency": "danger"})

    decision = decide(futian, hole)

    assert futian.units[place.street].code == "440304004"
    assert (decision.lead, decision.rule, decision.needs_person) == ("JTJ", "lead-jtj", False)
    assert str(decision.promises["dispose"].limit) == "5 work_days"
