"""What the law says to the values of a step: what must be filled, what may stand in it."""

# ruff: noqa: E501 - a table is read by its columns

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from roads_alert import BOTH_HELP, EIGHT_HOURS, LED, NOW, WATER, said, situation_of

from dispatch.domain.law.arrival import Arrival
from dispatch.domain.law.looked_up import Corrected, LookedUp, OtherAlert
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.values import (
    bounds,
    is_required,
    values_refusal,
)
from dispatch.domain.reading import NamedGrid


def refused(step, values, found=None, **known):
    """Code, faults and parameters of a refusal; None where there is none."""
    situation = situation_of(**known)
    refusal = values_refusal(STEPS[step], situation, values, found or LookedUp())
    return refusal and said(refusal)


def fault(field, code, **params: object):
    return [(field, code, params)]


def required(step, **known):
    situation = situation_of(**known)
    return {each.name for each in STEPS[step].fields if is_required(STEPS[step], each, situation)}


@pytest.mark.parametrize(
    ("step", "field", "known"),
    [
        ("accept", "category", {"is_unsure": True}),
        ("return", "finding", {"status": "signed"}),
        ("submit", "photos", {"closing": "after_photo"}),
        ("verify_ok", "grade", {"has_whistle": True}),
        ("snooze", "unit", {"who": "street", "facts": BOTH_HELP}),
        ("escalate", "unit", {"who": "desk", "facts": BOTH_HELP}),
    ],
)
def test_a_field_is_required_as_the_alert_is(step, field, known):
    assert field in required(step, **known)
    is_alone = {"facts": replace(LED, helping=(WATER,))} if field == "unit" else {}
    assert field not in required(step, status="dispatched", **is_alone)


@pytest.mark.parametrize(
    ("who", "facts", "is_needed"),
    [
        ("desk", BOTH_HELP, True),  # it leads and pushes either of two
        ("desk", replace(LED, helping=(WATER,), supports=("WATER",)), False),  # the only one
        ("desk", LED, True),  # nobody to push
        ("street", BOTH_HELP, False),  # the alert's own ladders are within its reach
        ("boss", BOTH_HELP, False),
        ("water", BOTH_HELP, True),
    ],
)
def test_whoever_escalates_names_the_unit_where_it_is_not_plain(who, facts, is_needed):
    assert ("unit" in required("escalate", who=who, facts=facts)) is is_needed


@pytest.mark.parametrize(("who", "is_needed"), [("desk", False), ("water", False)])
def test_whoever_puts_a_reminder_off_names_the_unit_where_it_is_not_plain(who, is_needed):
    assert ("unit" in required("snooze", who=who, facts=BOTH_HELP)) is is_needed


def test_what_is_missing_is_told_by_its_field():
    assert refused("return", {"reason": "不归我们"}) is not None
    assert refused("submit", {"done": "补好了"}, closing="after_photo", status="on_site") == (
        "photo_missing",
        {},
    )


PLACE = {"position": object()}
FAR, NEAR, VAGUE = (
    Arrival(kind=kind, distance_m=501, allowed_m=300) for kind in ("far", "near", "vague")
)


@pytest.mark.parametrize("step", ["arrive", "support_arrive"])
@pytest.mark.parametrize(
    ("found", "values", "refusal"),
    [
        (LookedUp(arrival=NEAR), {}, None),
        (LookedUp(), {}, None),
        (LookedUp(arrival=FAR), {}, ("too_far_away", {"distance_m": 501, "allowed_m": 300})),
        (LookedUp(arrival=FAR), {"photos": ["a"]}, ("too_far_away", {"distance_m": 501, "allowed_m": 300})),
        (LookedUp(arrival=FAR), {"reason": "路不通"}, ("too_far_away", {"distance_m": 501, "allowed_m": 300})),
        (LookedUp(arrival=FAR), {"photos": ["a"], "reason": "路不通"}, None),
        (LookedUp(arrival=VAGUE, is_in_grid=True), {}, None),
        (LookedUp(arrival=VAGUE), {}, ("photo_missing", {})),
        (LookedUp(arrival=VAGUE), {"photos": ["a"], "reason": "没信号"}, None),
    ],
)  # fmt: skip
def test_whoever_arrives_is_near_or_in_the_grid_or_says_why_not(step, found, values, refusal):
    facts = replace(LED, helping=(replace(WATER, signed_at=NOW),))
    assert refused(step, PLACE | values, found, who="diver", facts=facts) == refusal


@pytest.mark.parametrize(
    ("step", "values", "refusal"),
    [
        ("verify_ok", {"grade": "poor"}, fault("reason", "missing")),
        ("verify_ok", {"grade": "poor", "reason": "还有积水"}, None),
        ("verify_ok", {"grade": "good"}, None),
        ("rule", {"verdict": "upheld", "reason": "x"}, fault("lead", "missing")),
        ("rule", {"verdict": "joint", "reason": "x"}, fault("lead", "missing")),
        ("rule", {"verdict": "rejected", "reason": "x"}, None),
        ("rule", {"verdict": "joint", "reason": "x", "lead": "WATER"}, None),
        ("rule", {"verdict": "upheld", "reason": "x", "lead": "ROADS"}, fault("lead", "leads_already")),
    ],
)  # fmt: skip
def test_a_choice_may_need_another_field(step, values, refusal):
    assert refused(step, values) == refusal


OTHER = OtherAlert("2", "440304-20261123-00042-K", "dispatched", is_private=False)


@pytest.mark.parametrize(
    ("into", "refusal"),
    [
        (OTHER, ("merge_danger", {"number": OTHER.number})),
        (replace(OTHER, life_safety=True), None),
        (
            replace(OTHER, life_safety=True, status="verifying"),
            ("merge_danger_late", {"number": OTHER.number, "status": "verifying"}),
        ),
    ],
)
def test_a_danger_is_merged_only_where_somebody_comes(into, refusal):
    found = LookedUp(into=into)
    danger = {"who": "street", "life_safety": True}
    assert refused("merge", {"into": "2"}, found, **danger) == refusal


@pytest.mark.parametrize(
    ("into", "refusal"),
    [
        (OTHER, None),
        (None, fault("into", "unknown_alert", value="2")),
        (replace(OTHER, id="1"), ("merge_itself", {})),
        (
            replace(OTHER, status="closed"),
            ("merge_closed", {"number": "440304-20261123-00042-K", "status": "closed"}),
        ),
        (replace(OTHER, is_private=True), ("merge_private", {})),
    ],
)
def test_an_alert_is_merged_into_another_open_one_that_is_nobodys_home(into, refusal):
    found = LookedUp(into=into)
    assert refused("merge", {"into": "2", "reason": "同一个坑"}, found, who="street") == refusal


@pytest.mark.parametrize(
    ("values", "is_hand", "refusal"),
    [
        ({"to": "ming"}, True, None),
        ({"to": "ming"}, False, fault("to", "not_a_hand")),
        ({}, False, None),
    ],
)
def test_work_is_given_to_a_hand(values, is_hand, refusal):
    assert refused("sign", values, LookedUp(is_hand=is_hand), status="dispatched") == refusal


NEW = {"category": "E0113", "place": NamedGrid("north-9"), "reason": "点错了"}


@pytest.mark.parametrize(
    ("corrected", "refusal"),
    [
        (Corrected(frozenset({"category"})), None),
        (Corrected(), ("nothing_corrected", {})),
        (Corrected(is_accusation=True), ("accusation_as_kind", {})),
        (
            Corrected(unknown=frozenset({"category", "place"})),
            fault("category", "unknown_value", value="E0113", known="GET /api/v1/forms"),
        ),
        (
            Corrected(unknown=frozenset({"place"})),
            fault("place.grid", "unknown_value", value="north-9", known="GET /api/v1/places"),
        ),
        (Corrected(frozenset({"place"}), is_implausible=True), ("place_implausible", {})),
    ],
)
def test_a_correction_says_something_new_that_can_be(corrected, refusal):
    assert refused("correct", NEW, LookedUp(corrected=corrected), who="street") == refusal


@pytest.mark.parametrize(("who", "refusal"), [("street", None), ("boss", ("home_not_opened", {}))])
def test_whoever_may_not_read_of_a_home_makes_no_other_kind_of_it(who, refusal):
    opened = LookedUp(corrected=Corrected(frozenset({"category"}), opens_home=True))
    assert refused("correct", NEW, opened, who=who) == refusal


def test_accepting_without_a_word_of_kind_or_place_corrects_nothing():
    assert refused("accept", {"lead": "ROADS"}, who="street") is None


BY_RULES = {"category": "E0113"}


@pytest.mark.parametrize(
    ("lead", "refusal"),
    [("ROADS", None), ("grid-1", fault("lead", "missing")), (None, fault("lead", "missing"))],
)
def test_where_the_rules_name_nobody_who_can_lead_somebody_has_to_be_named(lead, refusal):
    """A unit without a desk, or one that the playbook has no more."""
    changed = LookedUp(corrected=Corrected(frozenset({"category"}), lead=lead))
    assert refused("accept", BY_RULES, changed, who="street") == refusal


@pytest.mark.parametrize(("value", "is_refused"), [(0, True), (1, False), (8, False), (9, True)])
def test_more_time_is_at_least_one_and_at_most_the_limit(value, is_refused):
    refusal = fault("by", "out_of_range", least=1, most=8) if is_refused else None
    told = refused("extend", {"by": value, "reason": "材料没到"}, dispose=EIGHT_HOURS)
    assert told == refusal


def test_the_bounds_of_a_number_are_told_with_their_unit_and_of_a_day_from_tomorrow_on():
    by = next(each for each in STEPS["extend"].fields if each.kind == "number")
    until = next(each for each in STEPS["suspend"].fields if each.kind == "date")
    text = next(each for each in STEPS["suspend"].fields if each.kind == "text")
    situation = situation_of(dispose=EIGHT_HOURS)
    assert bounds(by, situation) == {"least": 1, "most": 8, "unit": "hours"}
    assert bounds(by, situation_of()) == {}
    assert bounds(text, situation) == {}
    assert bounds(until, situation)["least"] == "2026-11-24"
    evening = situation_of(now=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    assert bounds(until, evening)["least"] == "2026-11-25"  # past midnight in Shenzhen


def test_an_alert_is_suspended_until_a_day_between_its_bounds():
    until = next(each for each in STEPS["suspend"].fields if each.kind == "date")
    least, most = (
        date.fromisoformat(bounds(until, situation_of())[key]) for key in ("least", "most")
    )
    day = timedelta(days=1)
    for told, is_refused in (
        (least - day, True),
        (least, False),
        (most, False),
        (most + day, True),
    ):
        refusal = refused("suspend", {"until": told, "reason": "等雨停", "plan": "雨停就补"})
        wanted = fault("until", "out_of_range", least=str(least), most=str(most))
        assert refusal == (wanted if is_refused else None)
