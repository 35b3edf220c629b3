"""How people stand to an alert where another unit has to come and help."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from paper_city import CITY, HOLE, person, relations_of, sees

from dispatch.domain.law.relations import next_own
from dispatch.domain.law.steps import STEPS
from dispatch.domain.supports import Support

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)

# Role at a unit -> how they stand where the water department has to come and help.
WATER_HELPS = {
    "department_dispatcher@water": "support_unit unit_staff",
    "handler@water": "support_handler unit_staff",
    "department_dispatcher@roads": "lead_unit unit_staff",
    "handler@roads": "handler unit_staff",
    "handler@paving_ltd": "",
    "grid_worker@grid_2": "",
    "street_dispatcher@futian_street": "street verifier unit_staff",
    "street_dispatcher@other_street": "",
    "district_dispatcher@futian": "district unit_staff",
}


@pytest.mark.parametrize("grant", sorted(WATER_HELPS))
def test_how_each_role_stands_where_another_department_has_to_help(grant):
    helped = replace(HOLE, supports=("water",), helping=(Support("water"),))
    assert relations_of(grant, helped) == set(WATER_HELPS[grant].split())
    assert sees(person(grant), helped) == bool(WATER_HELPS[grant])


def test_the_task_of_a_support_given_to_one_person_is_that_persons_alone():
    helped = replace(HOLE, helping=(Support("water", handler="ming"),))
    assert "support_handler" in relations_of("handler@water", helped)
    assert relations_of("handler@water", helped, name="hua") == set()
    assert "support_handler" not in relations_of("handler@roads", helped)


def test_where_the_street_has_to_help_its_own_desk_signs_for_it():
    helped = replace(HOLE, helping=(Support("futian_street"),))
    assert {"street", "support_unit"} <= relations_of("street_dispatcher@futian_street", helped)
    assert "support_handler" in relations_of("grid_worker@grid_2", helped)


def test_whoever_helped_does_not_verify():
    helped = replace(HOLE, helping=(Support("futian_street"),), handled_by=frozenset({"ming"}))
    assert "verifier" not in relations_of("grid_worker@grid_1", helped)


def test_the_support_that_comes_next_with_a_step_is_one_s_own():
    water, street = Support("water"), Support("futian_street", signed_at=NOON)
    sign, finish = STEPS["support_sign"], STEPS["support_finish"]
    desk, both = person("department_dispatcher@water"), (street, water)
    assert next_own(desk, both, CITY, sign, "none") == water
    assert next_own(desk, both, CITY, finish, "none") is None
    grid_worker = person("grid_worker@grid_2")
    assert next_own(grid_worker, both, CITY, finish, "none") == street
    assert next_own(grid_worker, both, CITY, finish, "required") is None


GROUND = (
    "street_dispatcher@futian_street",
    "street_dispatcher@gangxia",
    "district_dispatcher@futian",
)


@pytest.mark.parametrize("unit", ["futian_street", "gangxia", "lianhua"])
def test_a_street_whose_people_came_to_help_leaves_it_to_others_to_verify(unit):
    came = replace(HOLE, worked=frozenset({"roads", unit}))
    may_verify = {grant for grant in GROUND if "verifier" in relations_of(grant, came)}
    assert may_verify == {"district_dispatcher@futian"}
    assert "verifier" in relations_of("grid_worker@grid_1", came)


@pytest.mark.parametrize("units", [{"roads"}, {"roads", "water"}, {"other_street"}])
def test_a_street_that_took_no_part_verifies(units):
    came = replace(HOLE, worked=frozenset(units))
    may_verify = {grant for grant in GROUND if "verifier" in relations_of(grant, came)}
    assert may_verify == {"street_dispatcher@futian_street", "street_dispatcher@gangxia"}


def test_a_street_that_was_only_called_or_told_verifies():
    called = replace(HOLE, helping=(Support("futian_street"),), supports=("futian_street",))
    assert "verifier" in relations_of("street_dispatcher@futian_street", called)
