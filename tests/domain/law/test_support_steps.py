"""How far a unit is that helps, which of its own steps come next, and what it still owes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dispatch.domain.law.statuses import STATUSES, SUSPENDED
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.support_steps import (
    KEPT_CLOCK,
    OWN_STEPS,
    SUPPORT_CLOCKS,
    SUPPORTS_ACT_IN,
    clocks_of,
    may_come_next,
)
from dispatch.domain.supports import Support

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
CALLED = Support("water")
SIGNED = replace(CALLED, signed_at=NOON)
ON_SITE = replace(SIGNED, arrived_at=NOON)
FINISHED = replace(ON_SITE, finished_at=NOON)
TOLD = replace(CALLED, mode="informed")

# Who stands so, where the category asks for a visit so → the steps of its own that come next.
NEXT = """
to_sign  required sign
to_sign  optional sign
to_sign  none     sign
signed   required assign,arrive
signed   optional assign,arrive,finish
signed   none     assign,finish
on_site  required assign,finish
on_site  optional assign,finish
finished required -
finished none     -
informed required -
informed none     -
"""
BY_STATE = {each.state: each for each in (CALLED, SIGNED, ON_SITE, FINISHED, TOLD)}


def _lines(table):
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("state", "visit", "steps"), _lines(NEXT))
def test_the_steps_of_a_support_come_in_their_order(state, visit, steps):
    support = BY_STATE[state]
    coming = {step for step in OWN_STEPS if may_come_next(step, support, visit)}
    assert coming == {f"support_{step}" for step in steps.split(",") if step != "-"}


@pytest.mark.parametrize(
    ("support", "owes"),
    [
        (CALLED, "arrive dispose sign"),
        (SIGNED, "arrive dispose"),
        (ON_SITE, "dispose"),
        (FINISHED, ""),
        (TOLD, ""),
    ],
)
def test_a_support_owes_what_it_has_not_done(support, owes):
    assert " ".join(sorted(clocks_of(support, begun=frozenset(SUPPORT_CLOCKS)))) == owes


def test_what_was_never_promised_is_not_owed():
    assert clocks_of(CALLED, begun=frozenset({"sign"})) == {"sign"}


def test_a_support_is_at_work_from_its_call_until_it_has_finished():
    at_work = [each.is_at_work for each in (CALLED, SIGNED, ON_SITE, FINISHED, TOLD)]
    assert at_work == [True, True, True, False, False]


def test_its_own_steps_are_taken_while_the_alert_is_with_its_lead_and_keep_its_own_clocks():
    assert {STEPS[step].sources for step in OWN_STEPS} == {SUPPORTS_ACT_IN}
    assert SUPPORTS_ACT_IN | {SUSPENDED} <= set(STATUSES)
    kept = {step.removeprefix("support_"): clock for step, clock in KEPT_CLOCK.items()}
    assert kept == {"sign": "sign", "arrive": "arrive", "finish": "dispose"}
