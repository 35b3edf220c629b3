"""Two people act on one version of an alert: the second is told by whom and how it was moved."""

import pytest
from city import refused

from dispatch.domain.roles import Grant

pytestmark = pytest.mark.both_databases


def seen_at_once(alert, copies=2):
    """The alert as so many people have it on their screens at one moment."""
    return [type(alert)(alert.city, alert.id, dict(alert.seen)) for _ in range(copies)]


def test_of_two_dispatchers_who_reassign_one_alert_the_second_is_told(city):
    hole = city.volunteer().reports()
    first, second = seen_at_once(hole)
    city.district().takes("reassign", first, lead="SWJ", reason="水管破裂引起")
    with refused("version_conflict") as refusal:
        city.street().takes("reassign", second, lead="ZJJ", reason="在小区里")
    said = refusal.problem["detail"]
    assert "福田区" in said
    assert "改派" in said
    assert hole.now["lead"] == "SWJ"


def test_a_note_between_is_not_what_moved_it(city):
    hole = city.volunteer().reports()
    first, second = seen_at_once(hole)
    city.district().takes("reassign", first, lead="SWJ", reason="水管破裂引起")
    city.supervisor().takes("urge", first)
    with refused("version_conflict") as refusal:
        city.street().takes("reassign", second, lead="ZJJ", reason="在小区里")
    assert "改派" in refusal.problem["detail"]


@pytest.mark.parametrize("step", ["sign", "return"])
def test_the_unit_that_lost_it_meanwhile_is_told_and_not_asked_again(city, step):
    hole = city.volunteer().reports()
    first, second = seen_at_once(hole)
    city.street().takes("reassign", first, lead="SWJ", reason="水管破裂引起")
    both = city.person("both desks", Grant("department_dispatcher", "SWJ"))
    with refused("version_conflict"):
        said = {"reason": "不归我们", "proposed": "CGJ", "clause": "第三条"}
        both.takes(step, second, **(said if step == "return" else {}))
