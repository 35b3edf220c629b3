"""In which modes a unit can still be called to help."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch.domain.law.naming import modes_left
from dispatch.domain.law.situation import DistrictTerms, Situation
from dispatch.domain.roles import Access, AlertFacts, Organisation
from dispatch.domain.supports import INFORMED, MODES, REQUIRED, Support

TOWN = Organisation(
    parents={"town": None, "ROADS": "town", "WATER": "town", "TREES": "town"},
    kinds={"town": "district"} | dict.fromkeys(("ROADS", "WATER", "TREES"), "department"),
)


@pytest.mark.parametrize(
    ("unit", "left"),
    [
        ("TREES", MODES),  # nobody has called it yet
        ("ROADS", ()),  # it leads
        ("WATER", ()),  # it has to come already
        ("NOBODY", ()),
    ],
)
def test_a_unit_is_called_as_what_it_is_not_yet(unit, left):
    assert modes_left(unit, situation(Support("WATER", REQUIRED, "w"))) == left


def test_a_unit_that_was_only_told_can_still_be_called_to_come():
    assert modes_left("WATER", situation(Support("WATER", INFORMED, "w"))) == (REQUIRED,)


def situation(support):
    return Situation(
        alert_id="1",
        now=datetime(2026, 11, 23, 2, tzinfo=UTC),
        access=Access("desk", ()),
        organisation=TOWN,
        facts=AlertFacts(lead="ROADS", supports=(support.unit,)),
        district=DistrictTerms(ZoneInfo("Asia/Shanghai"), reopen_days=15),
        status="signed",
        held={},
        supports=(support,),
    )
