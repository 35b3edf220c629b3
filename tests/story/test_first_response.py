"""Where life is in danger somebody comes first; whose duty it is, is settled afterwards."""

import pytest
from city import refused

WRONG = {"reason": "不归本单位", "clause": "职责清单第 7 条", "proposed": "CGJ"}


@pytest.fixture
def collapse(city):
    """A collapsed road: the road people lead, the street of the place is called to come first."""
    city.clock.reads("2026-11-23T10:00:00+08:00")
    return city.volunteer().reports("E0505", text="路面塌了一个大洞，车过不去", answers={})


def test_a_danger_to_life_is_returned_only_once_somebody_is_there(city, collapse):
    lead = city.department()
    assert "return" not in lead.may(collapse)
    with refused("first_response_first") as refusal:
        lead.takes("return", collapse, **WRONG)
    assert "福田街道" in refusal.problem["detail"]
    assert "改派" in refusal.problem["detail"], "what else can be done"
    city.sends_first_response(collapse)
    lead.takes("return", collapse, **WRONG)
    assert collapse.status == "returned"


def test_where_no_first_response_is_called_nobody_is_waited_for(city, collapse):
    city.department().signs(collapse)
    city.street().takes("release_support", collapse, unit="street-futian", reason="现场已封闭")
    city.department().takes("return", collapse, finding="在绿化带里", **WRONG)
    assert collapse.status == "returned"
