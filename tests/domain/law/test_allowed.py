"""What the law says to a step, written out: refusals by what is known of the alert, one a line."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from law_in_words import refusals_in, refusals_told
from said_of_supports import HELPER, NOW, OF_SUPPORTS, asked

from dispatch.domain.law.allowed import allowed, allowed_steps
from dispatch.domain.law.chosen_clock import chosen_support
from dispatch.domain.law.guards import GUARDS
from dispatch.domain.law.relations import relations
from dispatch.domain.law.request_names import EXTEND, GRANTED, RETURN, SUSPEND, VOID
from dispatch.domain.law.situation import (
    DisposeTerms,
    DistrictTerms,
    RunningClock,
    Situation,
)
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Access, AlertFacts, Grant, Organisation
from dispatch.domain.time.promises import Limit
from dispatch.errors import Refused

OF_GUARDS = refusals_in("dispatch/domain/law/guards.py") | refusals_in(
    "dispatch/domain/law/support_guards.py"
)
TOWN = Organisation(
    parents={"town": None, "north": "town", "ROADS": "town", "WATER": "town", "GANG": "ROADS"},
    kinds={
        "town": "district",
        "north": "street",
        "ROADS": "department",
        "WATER": "department",
        "GANG": "team",
    },
)
PEOPLE = {
    "street": Grant("street_dispatcher", "north"),
    "grid": Grant("grid_worker", "north"),
    "desk": Grant("department_dispatcher", "ROADS"),
    "water": Grant("department_dispatcher", "WATER"),
    "hand": Grant("handler", "ROADS"),
    "diver": Grant("handler", "WATER"),
    "district": Grant("district_dispatcher", "town"),
    "boss": Grant("supervisor", "town"),
}
LED = AlertFacts(lead="ROADS", street="north")
MINE = AlertFacts(lead="ROADS", street="north", is_reporter=True)
BOTH = Access("hand", (PEOPLE["desk"], PEOPLE["hand"]))  # the desk's dispatcher did it alone
HELD_BY_BOTH = relations(BOTH, replace(LED, handler="hand"), TOWN)
BY_ITS_HANDLER = {"status": "submitted", "access": BOTH, "held": HELD_BY_BOTH}
A_REMINDER = RunningClock("dispose", None, has_rung=True, snooze_most_s=7200, snooze_s=7200)
HALF = DisposeTerms(Limit(8, "hours"), (3600, 28_800), NOW - timedelta(hours=1))


def situation_of(who="desk", status="signed", facts=LED, **known):
    """An alert of ROADS in the north, half an hour into its time, before one of the PEOPLE."""
    access = Access(who, (PEOPLE[who],) if who in PEOPLE else (Grant("volunteer", "north"),))
    situation = Situation(
        alert_id="1",
        now=NOW,
        access=access,
        organisation=TOWN,
        facts=facts,
        district=DistrictTerms(ZoneInfo("Asia/Shanghai"), reopen_days=15),
        status=status,
        dispose=HALF,
        staffed=frozenset({"ROADS"}),
        running_clocks=(A_REMINDER,),
    )
    return replace(situation, **({"held": relations(access, facts, TOWN)} | known))


def says(step, **known):
    refusal = allowed(STEPS[step], situation_of(**known))
    return refusal.code if refusal else None


DONE = replace(HELPER, signed_at=NOW, arrived_at=NOW, finished_at=NOW)
NO_TEAMS = replace(TOWN, kinds={**TOWN.kinds, "GANG": "department"})
# WATER helps: it has signed; it has finished
SIGNED, OVER = (
    {"facts": replace(LED, helping=(each,), supports=("WATER",)), "supports": (each,)}
    for each in (replace(HELPER, signed_at=NOW), DONE)
)


@pytest.mark.parametrize(
    ("step", "known", "code"),
    [
        # whose step it is, and in which status
        ("sign", {"status": "dispatched"}, None),
        ("sign", {"status": "dispatched", "who": "water"}, "forbidden_step"),
        ("sign", {"status": "on_site"}, "step_conflict"),
        ("whistle", {"status": "reported", "who": "street"}, "later_step"),
        ("confirm", {"status": "submitted"}, None),
        ("confirm", BY_ITS_HANDLER, "own_handling"),
        ("verify_ok", {"status": "verifying", "who": "street"}, None),
        # nor what the own unit led, nor what they did themselves
        *(
            (step, {"status": "verifying", "who": who, "facts": facts}, code)
            for step in ("verify_ok", "verify_fail")
            for who, facts, code in (
                ("street", replace(LED, lead="north"), "own_lead"),
                ("district", replace(LED, lead="north"), None),
                ("district", replace(LED, lead="town"), "own_lead"),
                ("street", replace(LED, lead="town"), None),
                ("grid", replace(LED, lead="town"), None),
                ("street", replace(LED, lead="town", worked=frozenset({"north", "town"})), None),
                ("street", replace(LED, worked=frozenset({"north"})), "own_work"),
                ("district", replace(LED, worked=frozenset({"north"})), None),
                ("grid", replace(LED, handled_by=frozenset({"grid"})), "own_handling"),
            )
        ),
        # whoever reported it verifies it in no role
        *(
            (step, {"status": "verifying", "who": who, "facts": MINE}, "own_report")
            for step in ("verify_ok", "verify_fail")
            for who in ("street", "grid")
        ),
        (
            "verify_ok",
            {
                "status": "verifying",
                "who": "district",
                "facts": replace(MINE, worked=frozenset({"north"})),
            },
            "own_report",
        ),
        ("verify_ok", {"status": "verifying", "who": "me", "facts": MINE}, "forbidden_step"),
        # what the reporter may take back
        ("withdraw", {"status": "dispatched", "who": "me", "facts": MINE}, None),
        (
            "withdraw",
            {"status": "dispatched", "who": "me", "facts": MINE, "life_safety": True},
            "life_safety_stays",
        ),
        (
            "withdraw",
            {"status": "dispatched", "who": "me", "facts": MINE, "has_followers": True},
            "others_follow",
        ),
        # what is not taken in
        ("decline", {"status": "dispatched", "who": "street"}, None),
        (
            "decline",
            {"status": "dispatched", "who": "street", "life_safety": True},
            "life_safety_first",
        ),
        # giving it back
        ("return", {}, None),
        ("return", {"requests": (asked(RETURN, verdict="rejected"),)}, "return_limit"),
        ("return", {"returns": 2}, "return_limit"),
        ("return", {"is_ruled_final": True}, "return_limit"),
        ("return", {"returns_until": NOW - timedelta(seconds=1)}, "return_too_late"),
        ("return", {"returns_until": NOW}, None),
        ("rule", {"status": "returned", "who": "district", "requests": (asked(RETURN),)}, None),
        (
            "rule",
            {"status": "returned", "who": "district", "requests": (asked(RETURN, mine=True),)},
            "own_request",
        ),
        # the place
        ("arrive", {"who": "hand"}, None),
        ("arrive", {"who": "hand", "visit": "none"}, "step_conflict"),
        ("submit", {"who": "hand"}, "step_conflict"),
        ("submit", {"who": "hand", "visit": "optional"}, None),
        ("submit", {"who": "hand", "status": "on_site"}, None),
        # hands and helpers
        ("assign", {}, None),
        ("assign", {"staffed": frozenset()}, None),  # a team is there all the same
        ("confirm", {"status": "submitted", "supports": (HELPER,)}, None),
        *(
            (step, {"status": "submitted", "supports": (HELPER,), "is_confirmed": True}, code)
            for step in ("confirm", "send_back")
            for code in ("supports_at_work",)
        ),
        ("confirm", {"status": "submitted", "supports": (DONE,)}, None),
        *OF_SUPPORTS,
        # words to the reporter, and urging
        ("contact", {}, None),
        ("contact", {"is_contacted": True}, "already_contacted"),
        ("urge", {"who": "street", "urged_at": NOW - timedelta(hours=4)}, None),
        (
            "urge",
            {"who": "street", "urged_at": NOW - timedelta(hours=3, minutes=59)},
            "urged_lately",
        ),
        # more time
        ("extend", {}, None),
        ("extend", {"requests": (asked(EXTEND),)}, "request_open"),
        ("extend", {"dispose": None}, "not_timed"),
        ("extend", {"dispose": replace(HALF, used_and_given=None)}, "not_timed"),
        ("extend", {"dispose": replace(HALF, used_and_given=(25_919, 28_800))}, None),
        ("extend", {"dispose": replace(HALF, used_and_given=(25_920, 28_800))}, "asked_too_late"),
        ("extend", {"requests": (asked(EXTEND, verdict=GRANTED),) * 2}, "extension_limit"),
        ("extend", {"requests": (asked(EXTEND, verdict=GRANTED, ago=2),) * 2}, None),
        ("suspend", {"requests": (asked(SUSPEND, verdict=GRANTED),)}, "suspension_limit"),
        ("grant_extension", {"who": "district", "requests": (asked(EXTEND),)}, None),
        ("grant_extension", {"who": "district"}, "nothing_asked"),
        ("grant_extension", {"who": "district", "requests": (asked(SUSPEND),)}, "nothing_asked"),
        (
            "refuse_extension",
            {"who": "district", "requests": (asked(EXTEND, mine=True),)},
            "own_request",
        ),
        (
            "grant_suspension",
            {"who": "district", "requests": (asked(SUSPEND, until=date(2026, 11, 24)),)},
            None,
        ),
        (
            "grant_suspension",
            {"who": "district", "requests": (asked(SUSPEND, until=date(2026, 11, 23)),)},
            "end_date_passed",
        ),
        # two pairs of eyes
        ("void", {"who": "street"}, None),
        ("void", {"who": "street", "requests": (asked(VOID),)}, "void_asked"),
        ("confirm_void", {"who": "district"}, "void_not_asked"),
        ("confirm_void", {"who": "district", "requests": (asked(VOID),)}, None),
        (
            "confirm_void",
            {"who": "district", "requests": (asked(VOID, mine=True),)},
            "second_person",
        ),
        ("refuse_void", {"who": "district", "requests": (asked(VOID, mine=True),)}, None),
        # one problem, two alerts; what was closed too early
        ("merge", {"who": "street"}, None),
        ("merge", {"who": "street", "is_private": True}, "merge_private"),
        (
            "unmerge",
            {"who": "street", "status": "merged", "merged_at": NOW - timedelta(days=1)},
            None,
        ),
        (
            "unmerge",
            {"who": "street", "status": "merged", "merged_at": NOW - timedelta(days=1, seconds=1)},
            "unmerge_late",
        ),
        ("reopen", {"who": "street", "status": "closed", "closed_at": NOW}, None),
        (
            "reopen",
            {"who": "street", "status": "closed", "closed_at": NOW - timedelta(days=15, seconds=1)},
            "reopen_late",
        ),
        (
            "reopen",
            {"who": "street", "status": "closed", "closed_at": NOW, "can_be_led": False},
            "unknown_unit",
        ),
        # ladders
        ("snooze", {}, None),
        ("snooze", {"running_clocks": ()}, "no_step_left"),
        (
            "snooze",
            {
                "running_clocks": (
                    RunningClock("dispose", None, has_rung=True, snooze_most_s=7200, snooze_s=1799),
                )
            },
            "snooze_limit",
        ),
        ("snooze", {"running_clocks": (replace(A_REMINDER, until_due_s=1799),)}, "snooze_past_due"),
        ("snooze", {"running_clocks": (replace(A_REMINDER, until_due_s=1800),)}, None),
        (
            "snooze",
            {"running_clocks": (RunningClock("dispose", None, has_rung=True),)},
            "no_step_left",
        ),
        # whoever leads puts off what the lead owes, and nothing that street or district owe
        *(
            (step, {"who": who, "status": status, "running_clocks": (clock,)}, code)
            for name, status in (
                ("verify", "verifying"),
                ("ruling", "returned"),
                ("accept", "reported"),
                ("rate", "resolved"),
            )
            for clock in (replace(A_REMINDER, clock=name),)
            for step, who, code in (
                ("snooze", "desk", "no_step_left"),
                ("snooze", "hand", "no_step_left"),
                ("escalate", "street", None),
                ("escalate", "district", None),
                ("escalate", "boss", None),
            )
        ),
        *(
            ("snooze", {"running_clocks": (replace(A_REMINDER, clock=name),)}, None)
            for name in ("sign", "contact", "arrive", "dispose")
        ),
        ("escalate", {"who": "boss"}, None),
        ("escalate", {"who": "grid"}, "forbidden_step"),
        ("escalate", {"who": "boss", "running_clocks": ()}, "no_step_left"),
        # hands, and what a unit that helps does
        ("assign", {"organisation": NO_TEAMS, "staffed": frozenset()}, "invalid"),
        ("support_assign", SIGNED | {"who": "water", "staffed": frozenset({"WATER"})}, None),
        ("support_assign", SIGNED | {"who": "water", "staffed": frozenset()}, "invalid"),
        *(
            (step, OVER | {"who": "water"}, "support_conflict")
            for step in ("support_sign", "support_finish")
        ),
        ("support_arrive", OVER | {"who": "diver"}, "support_conflict"),
        ("support_assign", OVER | {"who": "water"}, "support_conflict"),
        # decisions
        *(
            (f"{verdict}_{what}", {"who": "district", "requests": requests}, code)
            for kind, what in ((EXTEND, "extension"), (SUSPEND, "suspension"))
            for verdict in ("grant", "refuse")
            for requests, code in (
                ((), "nothing_asked"),
                ((asked(kind),), None),
                ((asked(kind, mine=True),), "own_request"),
            )
        ),
        ("suspend", {"requests": (asked(EXTEND),)}, "request_open"),
        ("suspend", {"dispose": replace(HALF, used_and_given=(25_921, 28_800))}, "asked_too_late"),
        ("suspend", {"dispose": replace(HALF, used_and_given=None)}, "not_timed"),
        ("refuse_void", {"who": "street"}, "void_not_asked"),
        ("refuse_void", {"who": "street", "requests": (asked(VOID),)}, None),
    ],
)
def test_the_law_says(step, known, code):
    assert says(step, **known) == code


SAID = test_the_law_says.pytestmark[0].args[1]  # the table above
# What may be said to any step; the written law does not repeat it in each row.
ALWAYS = {"forbidden_step", "step_conflict", "later_step", "invalid", None}


def test_each_guard_of_each_step_refuses_somewhere_in_this_table():
    refused = {
        (step, guard)
        for step, known, _ in SAID
        for guard in GUARDS.get(step, ())
        if guard(STEPS[step], situation_of(**known))
    }
    lacking = [
        f"{step}: {guard.__name__}"
        for step, guards in GUARDS.items()
        for guard in guards
        if (step, guard) not in refused
    ]
    assert not lacking, f"write a line into this table in which each of these refuses: {lacking}"


@pytest.mark.parametrize("step", [each.name for each in STEPS.values() if not each.later])
def test_the_written_law_names_what_each_step_is_refused_with(step):
    said = {code for name, _, code in SAID if name == step} - ALWAYS
    told = refusals_told(step)
    assert said <= told, f"say in docs/domain.md, Steps, the guard of {step}: {said - told}"
    untried = (told - said) & OF_GUARDS
    assert not untried, f"write lines into this table in which {step} is refused with: {untried}"


def test_a_unit_that_helps_signs_for_itself_and_only_once():
    facts = replace(LED, helping=(HELPER,), supports=("WATER",))
    assert says("support_sign", who="water", facts=facts, supports=(HELPER,)) is None
    signed = replace(HELPER, signed_at=NOW)
    facts = replace(LED, helping=(signed,), supports=("WATER",))
    again = says("support_sign", who="water", facts=facts, supports=(signed,))
    assert again == "support_conflict"


def test_whoever_may_push_two_supports_says_which():
    other = replace(HELPER, id="g", unit="GANG")
    facts = replace(LED, helping=(HELPER, other), supports=("WATER", "GANG"))
    situation = situation_of(status="verifying", facts=facts, supports=(HELPER, other))
    refused = chosen_support(STEPS["escalate"], situation, {"clock": "dispose"})
    assert isinstance(refused, Refused)
    assert [(fault.field, fault.code) for fault in refused.faults] == [("unit", "missing")]
    chosen = chosen_support(STEPS["escalate"], situation, {"clock": "dispose", "unit": "GANG"})
    assert chosen == other


def test_nobody_is_sent_where_nobody_works():
    situation = replace(situation_of(), organisation=NO_TEAMS, staffed=frozenset())
    refusal = allowed(STEPS["assign"], situation)
    assert refusal is not None
    assert [fault.field for fault in refusal.faults] == ["to"]


def test_a_refusal_carries_what_its_sentence_needs():
    refusal = allowed(
        STEPS["confirm"], situation_of(status="submitted", supports=(HELPER,), is_confirmed=True)
    )
    assert refusal is not None
    assert refusal.params == {"units": ["WATER"], "count": 1}


def test_the_steps_that_are_allowed_come_in_the_order_of_the_law():
    names = [step.name for step in allowed_steps(situation_of(status="dispatched"))]
    assert names == [name for name in STEPS if name in names]
    assert {"sign", "return"} <= set(names)
