"""Which unit can be named, which clock is meant, and what was granted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from roads_alert import A_REMINDER, BOTH_HELP, EIGHT_HOURS, NOW, TREES, WATER, said, situation_of

from dispatch.domain.law.chosen_clock import chosen_clock, chosen_support
from dispatch.domain.law.naming import Hands, barred, hands_of, objection
from dispatch.domain.law.request_names import EXTEND, GRANTED, SUSPEND
from dispatch.domain.law.situation import RequestFacts
from dispatch.domain.law.steps import STEPS
from dispatch.domain.supports import INFORMED
from dispatch.errors import Refused

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
    ("release_support", "TREES", {"facts": BOTH_HELP}, "called_by_another"),
    ("release_support", "TREES", {"facts": BOTH_HELP, "who": "street"}, None),
    ("release_support", "WATER", {"facts": BOTH_HELP, "who": "street"}, "called_by_another"),
    ("ask_release", "TREES", {"facts": BOTH_HELP}, None),
    ("ask_release", "WATER", {"facts": BOTH_HELP}, "called_here"),
    ("ask_release", "ROADS", {"facts": BOTH_HELP}, "does_not_help"),
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
