"""What the law says to the values of a step: what must be filled, what may stand in it."""

# ruff: noqa: E501 - a table is read by its columns

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatch.domain.law.arrival import Arrival
from dispatch.domain.law.chosen_clock import chosen_clock, chosen_support
from dispatch.domain.law.naming import Hands, barred, hands_of, objection
from dispatch.domain.law.relations import relations
from dispatch.domain.law.request_names import EXTEND, GRANTED, SUSPEND
from dispatch.domain.law.situation import (
    DisposeTerms,
    DistrictTerms,
    RequestFacts,
    RunningClock,
    Situation,
)
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.values import (
    Corrected,
    LookedUp,
    OtherAlert,
    bounds,
    is_required,
    values_refusal,
)
from dispatch.domain.reading import NamedGrid
from dispatch.domain.roles import Access, AlertFacts, Grant, Organisation
from dispatch.domain.supports import INFORMED, Support
from dispatch.domain.time.promises import Limit
from dispatch.errors import Refused

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KINDS = {
    "town": "district",
    "north": "street",
    "north-1": "community",
    "north-1-1": "grid",
    **dict.fromkeys(("ROADS", "WATER", "TREES"), "department"),
    "GANG": "team",
    "FIRM": "company",
}
TOWN = Organisation(
    parents={
        "town": None,
        "north": "town",
        "north-1": "north",
        "north-1-1": "north-1",
        **dict.fromkeys(("ROADS", "WATER", "TREES"), "town"),
        "GANG": "ROADS",
        "FIRM": "ROADS",
    },
    kinds=KINDS,
)
PEOPLE = {
    "desk": Grant("department_dispatcher", "ROADS"),
    "water": Grant("department_dispatcher", "WATER"),
    "diver": Grant("handler", "WATER"),
    "street": Grant("street_dispatcher", "north"),
    "boss": Grant("supervisor", "town"),
}
WATER, TREES = (Support(unit, id=unit.lower(), called_at=NOW) for unit in ("WATER", "TREES"))
LED = AlertFacts(lead="ROADS", street="north")
BOTH_HELP = replace(LED, helping=(WATER, TREES), supports=("WATER", "TREES"))
A_REMINDER = RunningClock("dispose", None, has_rung=True, snooze_most_s=7200, snooze_s=7200)


def situation_of(who="desk", **known):
    """An alert that ROADS leads in the north, before one of the PEOPLE."""
    access = Access(who, (PEOPLE[who],))
    facts = known.pop("facts", LED)
    situation = Situation(
        alert_id="1",
        now=NOW,
        access=access,
        organisation=TOWN,
        facts=facts,
        district=DistrictTerms(ZoneInfo("Asia/Shanghai")),
        status="signed",
        held=relations(access, facts, TOWN),
        supports=facts.helping,
        running_clocks=(A_REMINDER,),
    )
    return replace(situation, **known)


def refused(step, values, found=None, **known):
    """Code, faults and parameters of a refusal; None where there is none."""
    situation = situation_of(**known)
    refusal = values_refusal(STEPS[step], situation, values, found or LookedUp())
    return refusal and said(refusal)


def said(refusal):
    assert isinstance(refusal, Refused)
    if refusal.faults:
        assert refusal.params == {"count": len(refusal.faults)}
        return [(each.field, each.code, dict(each.params)) for each in refusal.faults]
    return refusal.code, dict(refusal.params)


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


def test_accepting_without_a_word_of_kind_or_place_corrects_nothing():
    assert refused("accept", {"lead": "ROADS"}, who="street") is None


EIGHT_HOURS = DisposeTerms(Limit(8, "hours"), None, None)


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


NAMED = [
    ("accept", "ROADS", {}, None),
    ("accept", "north", {}, None),
    ("accept", "north-1", {}, None),
    ("accept", "north-1-1", {}, "cannot_be_named"),
    ("accept", "GANG", {}, "cannot_be_named"),
    ("accept", "FIRM", {}, None),
    ("accept", "NOBODY", {}, "cannot_be_named"),
    ("accept", "WATER", {"about_unit": "WATER"}, "cannot_be_named"),
    ("reassign", "WATER", {}, None),
    ("reassign", "ROADS", {}, "leads_already"),
    ("reassign", "GANG", {}, "cannot_be_named"),
    ("return", "ROADS", {}, "leads_already"),
    ("call_support", "TREES", {}, None),
    ("call_support", "ROADS", {}, "called_already"),
    ("call_support", "WATER", {"facts": BOTH_HELP}, "called_already"),
    ("call_support", "GANG", {}, "cannot_be_named"),
    ("release_support", "WATER", {"facts": BOTH_HELP}, None),
    ("release_support", "ROADS", {"facts": BOTH_HELP}, "does_not_help"),
    ("escalate", "WATER", {"facts": BOTH_HELP}, None),
    ("escalate", "ROADS", {"facts": BOTH_HELP}, "does_not_help"),
    ("escalate", "ROADS", {"facts": BOTH_HELP, "who": "boss"}, None),
    ("escalate", "north", {"facts": BOTH_HELP, "who": "boss"}, "does_not_help"),
    ("snooze", "ROADS", {"facts": BOTH_HELP}, None),
    ("snooze", "TREES", {"facts": BOTH_HELP, "who": "water"}, "does_not_help"),
]


@pytest.mark.parametrize(("step", "unit", "known", "code"), NAMED)
def test_a_unit_can_be_named_or_not_and_why(step, unit, known, code):
    assert objection(step, unit, situation_of(**known)) == code


@pytest.mark.parametrize(
    ("verdict", "unit", "code"),
    [
        ("rejected", "ROADS", None),
        ("rejected", "NOBODY", "cannot_be_named"),
        ("upheld", "ROADS", "leads_already"),
        ("upheld", "WATER", None),
        (None, "ROADS", "leads_already"),
    ],
)
def test_a_rejected_return_goes_back_to_whoever_made_it(verdict, unit, code):
    assert objection("rule", unit, situation_of(), {"verdict": verdict}) == code


@pytest.mark.parametrize(
    ("known", "mode", "code"),
    [
        (replace(WATER, mode=INFORMED), INFORMED, "called_already"),
        (replace(WATER, mode=INFORMED), "required", None),
        (replace(WATER, finished_at=NOW), "required", None),
        (replace(WATER, finished_at=NOW), INFORMED, "called_already"),
        (WATER, INFORMED, "called_already"),
    ],
)
def test_a_unit_is_called_once_more_when_it_has_finished_or_was_only_told(known, mode, code):
    situation = situation_of(supports=(known,))
    assert objection("call_support", "WATER", situation, {"mode": mode}) == code


def test_the_hands_of_a_unit_are_its_teams_and_whoever_works_there():
    every = Hands(frozenset({"GANG", "FIRM"}), frozenset({"ROADS", "GANG", "FIRM"}))
    assert hands_of("ROADS", situation_of()) == every
    assert hands_of("WATER", situation_of()) == Hands(frozenset(), frozenset({"WATER"}))
    assert hands_of(None, situation_of()) == Hands()
    without = situation_of(about_unit="GANG")
    assert "GANG" not in hands_of("ROADS", without).units
    assert barred(situation_of()) == frozenset()


SPAN = {"clock": "dispose", "span": "30"}


@pytest.mark.parametrize(
    ("clock", "answer"),
    [
        (A_REMINDER, A_REMINDER),
        (replace(A_REMINDER, snooze_s=1800), None),
        (replace(A_REMINDER, snooze_s=1799), ("snooze_limit", {"minutes": 120})),
        (replace(A_REMINDER, until_due_s=1799), ("snooze_past_due", {})),
        (replace(A_REMINDER, snooze_most_s=None), ("no_step_left", {})),
        (replace(A_REMINDER, has_rung=False), ("no_step_left", {})),
        (replace(A_REMINDER, clock="sign"), ("no_step_left", {})),
        (replace(A_REMINDER, support="water"), ("no_step_left", {})),
    ],
)
def test_a_reminder_is_put_off_within_what_is_left_and_before_it_is_due(clock, answer):
    span = next(each for each in STEPS["snooze"].fields if each.name == "span").choices[0]
    situation = situation_of(running_clocks=(clock,), facts=BOTH_HELP)
    chosen = chosen_clock(STEPS["snooze"], situation, {"clock": "dispose", "span": span})
    assert (said(chosen) if isinstance(chosen, Refused) else chosen) == (answer or clock)


def test_an_escalation_asks_for_no_time_that_is_left():
    used_up = replace(A_REMINDER, snooze_s=0, until_due_s=0, snooze_most_s=None)
    situation = situation_of(who="boss", running_clocks=(used_up,))
    assert chosen_clock(STEPS["escalate"], situation, {"clock": "dispose"}) is used_up


def test_the_clock_of_a_unit_that_helps_is_chosen_by_its_name():
    own = replace(A_REMINDER, support="water")
    situation = situation_of(who="boss", facts=BOTH_HELP, running_clocks=(A_REMINDER, own))
    escalate = STEPS["escalate"]
    assert chosen_clock(escalate, situation, {"clock": "dispose"}) is A_REMINDER
    assert chosen_clock(escalate, situation, {"clock": "dispose", "unit": "ROADS"}) is A_REMINDER
    assert chosen_clock(escalate, situation, {"clock": "dispose", "unit": "WATER"}) is own
    assert chosen_support(escalate, situation, {"unit": "TREES"}) is TREES
    assert chosen_support(escalate, situation, {}) is None


def test_whoever_helps_means_its_own_clock_without_a_name():
    own = replace(A_REMINDER, support="water")
    situation = situation_of(who="water", facts=BOTH_HELP, running_clocks=(A_REMINDER, own))
    assert chosen_support(STEPS["snooze"], situation, {}) is WATER
    span = next(each for each in STEPS["snooze"].fields if each.name == "span").choices[0]
    values = {"clock": "dispose", "span": span}
    assert chosen_clock(STEPS["snooze"], situation, values) is own


def asked(kind, *, hours=1, verdict=None, unit="ROADS"):
    return RequestFacts(kind, unit, NOW - timedelta(hours=hours), is_mine=False, verdict=verdict)


def test_only_what_was_granted_to_the_lead_on_its_present_promise_counts():
    begun = replace(EIGHT_HOURS, begun=NOW - timedelta(hours=2))
    requests = (
        asked(EXTEND, verdict=GRANTED),
        asked(EXTEND, verdict=GRANTED, hours=2),
        asked(EXTEND, verdict=GRANTED, hours=3),  # before it was promised anew
        asked(EXTEND, verdict=GRANTED, unit="WATER"),
        asked(EXTEND, verdict="refused"),
        asked(EXTEND),
        asked(SUSPEND, verdict=GRANTED),
    )
    situation = situation_of(requests=requests, dispose=begun)
    assert (situation.granted(EXTEND), situation.granted(SUSPEND)) == (2, 1)
    assert replace(situation, dispose=EIGHT_HOURS).granted(EXTEND) == 3
    assert replace(situation, dispose=None).granted(EXTEND) == 3


def test_a_request_waits_until_it_is_decided():
    waiting = asked(EXTEND)
    situation = situation_of(requests=(asked(EXTEND, verdict="refused"), waiting))
    assert situation.waiting_request(EXTEND) is waiting
    assert situation.waiting_request(SUSPEND, EXTEND) is waiting
    assert situation.waiting_request(SUSPEND) is None


def test_a_reminder_is_put_off_by_what_is_left_of_both():
    assert replace(A_REMINDER, snooze_s=60, until_due_s=90).put_off_s == 60
    assert replace(A_REMINDER, snooze_s=90, until_due_s=60).put_off_s == 60
