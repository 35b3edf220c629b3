"""Who sees an alert and who takes its steps, written out again."""

from dataclasses import replace

import law_in_words
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_city import CITY, HOLE, LED_BY_STREET, SOMEWHERE, UNITS, person, relations_of, sees

from dispatch.domain.law.relations import DESK_ROLES, may_take, relations
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import (
    ROLES,
    Access,
    AlertFacts,
    Grant,
    Organisation,
    may_report,
    valid_grants,
)
from dispatch.domain.supports import Support
from dispatch.domain.visibility import scope_of, topics_of

# Who takes which step, as docs/domain.md says: step -> relations that may.
WHO = {name: written.who for name, written in law_in_words.steps().items()}
RELATIONS = [
    "reporter",
    "street",
    "grid_worker",
    "lead_unit",
    "handler",
    "support_unit",
    "support_handler",
    "verifier",
    "unit_staff",
    "district",
    "supervisor",
]


@pytest.mark.parametrize("step", sorted(WHO))
def test_a_step_is_taken_by_whom_the_law_names_and_nobody_else(step):
    grant = Grant("handler", "roads")
    takers = {each for each in RELATIONS if may_take(STEPS[step], {each: grant}) == grant}
    assert takers == set(WHO[step]) - {"nobody"}


def test_whoever_did_the_work_does_not_pass_it_for_the_unit():
    ming = person("department_dispatcher@roads", "handler@roads")
    done = replace(HOLE, handler="ming")
    assert may_take(STEPS["confirm"], relations(ming, done, CITY)) is None
    assert may_take(STEPS["assign"], relations(ming, done, CITY)) is not None
    by_another = replace(HOLE, handler="hua")
    assert may_take(STEPS["confirm"], relations(ming, by_another, CITY)) is not None


@pytest.mark.parametrize("relation", sorted(DESK_ROLES))
def test_the_roles_of_a_desk_are_those_in_which_somebody_can_sit_at_it(relation):
    every = [Grant(role, unit) for role in ROLES for unit in UNITS]
    facts = [AlertFacts(lead=unit, street=street) for unit in UNITS for street in (*UNITS, None)]
    facts += [AlertFacts(helping=(Support(unit),)) for unit in UNITS]
    found = {
        grant.role
        for grant in every
        for each in facts
        if relation in relations(Access("ming", (grant,)), each, CITY)
    }
    assert found == DESK_ROLES[relation]


# Role at a unit -> how they stand to a hole in the road that the roads department leads.
ROAD_HOLE = {
    "volunteer@futian_street": "",
    "volunteer@futian": "",
    "grid_worker@grid_1": "grid_worker verifier unit_staff",
    "grid_worker@gangxia": "grid_worker verifier unit_staff",
    "grid_worker@futian_street": "grid_worker verifier unit_staff",
    "grid_worker@grid_2": "",
    "grid_worker@lianhua": "",
    "grid_worker@other_street": "",
    "street_dispatcher@futian_street": "street verifier unit_staff",
    "street_dispatcher@gangxia": "street verifier unit_staff",
    "street_dispatcher@lianhua": "",
    "street_dispatcher@other_street": "",
    "department_dispatcher@roads": "lead_unit unit_staff",
    "department_dispatcher@roads_team": "",
    "department_dispatcher@water": "",
    "handler@roads": "handler unit_staff",
    "handler@roads_team": "handler unit_staff",
    "handler@paving_ltd": "",
    "handler@water": "",
    "handler@futian": "",
    "district_dispatcher@futian": "district unit_staff",
    "supervisor@futian": "supervisor",
    "admin@futian": "",
    "security_admin@futian": "",
    "auditor@futian": "",
}
BLIND_TO_HOLE = {
    "volunteer@futian_street",
    "volunteer@futian",
    "grid_worker@grid_2",
    "grid_worker@lianhua",
    "grid_worker@other_street",
    "street_dispatcher@lianhua",
    "street_dispatcher@other_street",
    "department_dispatcher@roads_team",
    "department_dispatcher@water",
    "handler@paving_ltd",
    "handler@water",
    "handler@futian",
    "admin@futian",
    "security_admin@futian",
    "auditor@futian",
}


@pytest.mark.parametrize("grant", sorted(ROAD_HOLE))
def test_how_each_role_stands_to_a_hole_in_the_road(grant):
    assert relations_of(grant, HOLE) == set(ROAD_HOLE[grant].split())


@pytest.mark.parametrize("grant", sorted(ROAD_HOLE))
def test_who_sees_a_hole_in_the_road(grant):
    assert sees(person(grant), HOLE) == (grant not in BLIND_TO_HOLE)


def test_every_role_stands_in_the_matrix():
    assert {grant.split("@")[0] for grant in ROAD_HOLE} == set(ROLES)


# The same where the street itself leads: its own people sign, do and verify.
STREET_LEADS = {
    "volunteer@futian_street": "",
    "grid_worker@grid_1": "grid_worker handler verifier unit_staff",
    "grid_worker@grid_2": "handler unit_staff",
    "grid_worker@far_grid": "",
    "street_dispatcher@futian_street": "street lead_unit unit_staff",
    "street_dispatcher@gangxia": "street unit_staff",
    "street_dispatcher@other_street": "",
    "department_dispatcher@roads": "",
    "handler@futian_street": "handler unit_staff",
    "handler@roads": "",
    "district_dispatcher@futian": "verifier district unit_staff",
    "supervisor@futian": "supervisor",
    "admin@futian": "",
    "security_admin@futian": "",
    "auditor@futian": "",
}


@pytest.mark.parametrize("grant", sorted(STREET_LEADS))
def test_how_each_role_stands_where_the_street_leads(grant):
    assert relations_of(grant, LED_BY_STREET) == set(STREET_LEADS[grant].split())


def test_where_a_community_leads_its_street_has_the_desk():
    led = replace(HOLE, lead="gangxia")
    assert "lead_unit" in relations_of("street_dispatcher@gangxia", led)
    assert "lead_unit" in relations_of("street_dispatcher@futian_street", led)
    assert "lead_unit" not in relations_of("street_dispatcher@lianhua", led)


# Where the district itself leads, its desk leaves the look to the street.
DISTRICT_LEADS = {
    "grid_worker@grid_1": "grid_worker verifier unit_staff",
    "street_dispatcher@futian_street": "street verifier unit_staff",
    "street_dispatcher@other_street": "",
    "handler@futian": "handler unit_staff",
    "district_dispatcher@futian": "lead_unit district unit_staff",
    "supervisor@futian": "supervisor",
}


@pytest.mark.parametrize("grant", sorted(DISTRICT_LEADS))
def test_how_each_role_stands_where_the_district_leads(grant):
    led = replace(HOLE, lead="futian", team=None, handler=None)
    assert relations_of(grant, led) == set(DISTRICT_LEADS[grant].split())


# Where no street is known, the district stands for it.
NO_STREET = {
    "street_dispatcher@futian_street": "",
    "grid_worker@grid_1": "",
    "handler@futian_street": "",
    "handler@futian": "handler unit_staff",
    "department_dispatcher@roads": "",
    "district_dispatcher@futian": "street lead_unit verifier district unit_staff",
    "supervisor@futian": "supervisor",
    "admin@futian": "",
    "security_admin@futian": "",
    "auditor@futian": "",
}


@pytest.mark.parametrize("grant", sorted(NO_STREET))
def test_where_no_street_is_known_the_district_stands_for_it(grant):
    assert relations_of(grant, SOMEWHERE) == set(NO_STREET[grant].split())


def test_the_district_is_no_street_where_one_is_known():
    assert "street" not in relations_of("district_dispatcher@futian", HOLE)


def test_the_reporter_sees_and_rates_their_own_alert_and_nothing_else():
    own = replace(HOLE, is_reporter=True)
    assert relations_of("volunteer@other_street", own) == {"reporter"}
    assert sees(person("volunteer@other_street"), own)


def test_an_admin_reports_nothing_and_sees_nothing():
    own = replace(HOLE, is_reporter=True)
    assert relations_of("admin@futian", own) == set()
    assert not sees(person("admin@futian"), own)
    assert may_report(person("admin@futian"), CITY) is None
    assert may_report(person("admin@futian", "volunteer@gangxia"), CITY) == Grant(
        "volunteer", "gangxia"
    )


def test_a_task_given_to_one_person_is_that_persons_alone():
    given_to_ming = replace(HOLE, handler="ming")
    assert "handler" in relations_of("handler@roads", given_to_ming)
    assert "handler" not in relations_of("handler@roads", given_to_ming, name="hua")
    assert not sees(person("handler@roads", name="hua"), given_to_ming)


def test_a_contractor_gets_only_what_is_given_to_it():
    assert "handler" in relations_of("handler@paving_ltd", replace(HOLE, team="paving_ltd"))
    assert "handler" in relations_of("handler@paving_ltd", replace(HOLE, handler="ming"))
    assert not sees(person("handler@paving_ltd"), HOLE)


def test_a_task_given_to_a_team_leaves_the_rest_of_the_department_out():
    given_to_team = replace(HOLE, team="roads_team")
    assert "handler" in relations_of("handler@roads_team", given_to_team)
    assert relations_of("handler@roads", given_to_team) == set()


def test_who_moved_to_another_department_loses_the_old_task():
    assert relations_of("handler@water", replace(HOLE, handler="ming")) == set()
    assert not sees(person("handler@water"), replace(HOLE, handler="ming"))


@pytest.mark.parametrize(
    "facts",
    [
        replace(LED_BY_STREET, handler="ming"),
        replace(LED_BY_STREET, handler="hua", handled_by=frozenset({"ming", "hua"})),
        replace(HOLE, handled_by=frozenset({"ming"})),
        replace(HOLE, lead=None, handled_by=frozenset({"ming"})),
    ],
)
@pytest.mark.parametrize(
    "grant",
    ["grid_worker@grid_1", "street_dispatcher@futian_street", "district_dispatcher@futian"],
)
def test_nobody_verifies_what_they_did_themselves(grant, facts):
    assert "verifier" not in relations_of(grant, facts)


def test_another_grid_worker_verifies_what_the_street_did():
    done = replace(LED_BY_STREET, handler="hua", handled_by=frozenset({"hua"}))
    assert "verifier" in relations_of("grid_worker@grid_1", done)
    assert "verifier" not in relations_of("street_dispatcher@futian_street", done)


def test_a_supporting_unit_sees_and_notes_but_does_not_lead():
    supported = replace(HOLE, supports=("water",))
    assert relations_of("department_dispatcher@water", supported) == {"unit_staff"}
    assert sees(person("department_dispatcher@water"), supported)


def test_a_desk_sees_what_the_units_below_it_lead():
    by_team = replace(HOLE, lead="roads_team")
    assert "lead_unit" in relations_of("department_dispatcher@roads", by_team)
    assert sees(person("department_dispatcher@roads"), by_team)


MISPLACED = [
    f"{role.name}@{unit}"
    for role in ROLES.values()
    for unit, (_, kind) in UNITS.items()
    if kind not in role.held_at
]


@pytest.mark.parametrize("grant", [*MISPLACED, "mayor@futian", "supervisor@atlantis"])
def test_a_role_held_where_it_does_not_belong_gives_nothing(grant):
    assert valid_grants(person(grant), CITY) == ()
    assert not sees(person(grant), replace(HOLE, is_reporter=True))


def test_the_grant_by_which_a_right_holds_is_the_one_that_carries_it():
    both = person("handler@water", "department_dispatcher@roads", "street_dispatcher@futian_street")
    held = relations(both, HOLE, CITY)
    assert held["lead_unit"] == Grant("department_dispatcher", "roads")
    assert held["street"] == Grant("street_dispatcher", "futian_street")


def test_a_circle_in_the_tree_ends():
    ring = Organisation(parents={"a": "b", "b": "a"}, kinds={})
    assert ring.ancestors("a") == ("b", "a")


any_unit = st.sampled_from(sorted(UNITS))
people = st.sampled_from(["ming", "hua"])
grants = st.builds(Grant, st.sampled_from([*ROLES, "mayor"]), any_unit)
accesses = st.builds(Access, people, st.lists(grants, max_size=3).map(tuple))
places = st.sampled_from(
    [
        {},
        {"street": "futian_street"},
        {"street": "futian_street", "community": "gangxia", "grid": "grid_2"},
        {"street": "other_street", "grid": "far_grid"},
    ]
)


helpers = st.builds(Support, any_unit, team=st.none() | any_unit, handler=st.none() | people)


@st.composite
def alerts(draw):
    return AlertFacts(
        lead=draw(st.none() | any_unit),
        supports=tuple(draw(st.lists(any_unit, max_size=2))),
        helping=tuple(draw(st.lists(helpers, max_size=2))),
        team=draw(st.none() | any_unit),
        handler=draw(st.none() | people),
        handled_by=draw(st.frozensets(people)),
        is_reporter=draw(st.booleans()),
        **draw(places),
    )


@given(accesses, alerts())
def test_nobody_acts_on_what_they_cannot_see(access, facts):
    if relations(access, facts, CITY):
        assert sees(access, facts)


@given(accesses, alerts())
def test_the_topics_of_an_alert_reach_exactly_those_who_see_it(access, facts):
    scope = scope_of(access, CITY)
    listens = bool(scope.topics() & topics_of(facts))
    assert sees(access, facts) == (listens or (scope.own and facts.is_reporter))


@given(accesses, alerts())
def test_only_an_alert_of_ones_own_is_seen_without_a_role_for_it(access, facts):
    seen = sees(access, replace(facts, is_reporter=False))
    roles = {grant.role for grant in valid_grants(access, CITY)}
    if roles <= {"volunteer", "admin", "security_admin", "auditor"}:
        assert not seen
