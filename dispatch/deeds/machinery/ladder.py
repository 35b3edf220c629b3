"""A person takes the ladder in hand: the next step now, or a reminder somewhat later."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.rung_effects import Claimed, apply_rung
from dispatch.deeds.machinery.rungs_past import Past
from dispatch.domain.law.relations import reach
from dispatch.domain.law.steps import SPANS, STEPS
from dispatch.domain.supports import Support
from dispatch.domain.time.ladders import CARDS
from dispatch.errors import Refused
from dispatch.promises import clocks
from dispatch.promises.rungs_owed import UNDECIDED
from dispatch.store.tables import Promise, Rung

# These follow the time alone: nobody hands them out early or late.
BY_TIME_ALONE = (*CARDS, "lapse", UNDECIDED)


def escalate_now(case: Case) -> dict[str, Any]:
    """The next step of a clock's ladder at once; the automatic one for that step does not follow.

    Codes for the log; raises Refused no_step_left.
    """
    whose, promise, rung = _next(case)
    if rung is None:
        raise Refused("no_step_left")
    past = Past(case.tx.session, [rung])
    apply_rung(case.store, case.tx, Claimed(rung, promise, case.alert, past), ())
    return {"clock": promise.clock, "level": rung.level, "turn": rung.turn, **whose}


def snooze(case: Case) -> dict[str, Any]:
    """The next reminder of a clock later, that step only, never the promise.

    Codes for the log; raises Refused: no_step_left, snooze_limit.
    """
    whose, promise, rung = _next(case)
    if rung is None or rung.action != "notice":
        raise Refused("no_step_left")
    span = timedelta(minutes=SPANS[case.wish_values["span"]])
    most = case.policy.playbook.ladders[promise.ladder].snooze
    if rung.snoozed_s + span.total_seconds() > most * 60:
        raise Refused("snooze_limit", minutes=most)
    rung.snoozed_s += int(span.total_seconds())
    rung.due_at = max(rung.due_at, case.tx.now) + span
    return {
        "clock": promise.clock,
        "level": rung.level,
        "turn": rung.turn,
        "until": rung.due_at.isoformat(),
        **whose,
    }


def _next(case: Case) -> tuple[dict[str, str], Promise, Rung | None]:
    """For the log, whose clock it is where a unit that helps owes it; the clock; its next rung."""
    support = _support(case)
    running = clocks.running(case.tx.session, case.alert.id)
    mine = running.main if support is None else running.supports.get(support.id, {})
    promise = mine.get(case.wish_values["clock"])
    if promise is None or promise.state != "running":
        raise Refused("no_step_left")
    rung = case.tx.session.scalar(
        select(Rung)
        .where(
            Rung.promise_id == promise.id,
            Rung.state == "pending",
            Rung.action.not_in(BY_TIME_ALONE),
        )
        .order_by(Rung.due_at, Rung.level, Rung.turn)
        .limit(1)
        .with_for_update(),
    )
    return {"support": support.unit} if support else {}, promise, rung


def _support(case: Case) -> Support | None:
    """The unit that helps and whose clock is meant; None where the lead or the alert owes it.

    Raises Refused invalid for units that the person does not act on; without a name it is the
    lead's, or the only one that the person helps for.
    """
    within = reach(case.access, case.facts, case.organisation, STEPS[case.step])
    helping, named = within.supports, case.wish_values.get("unit")
    if within.main and named in {None, case.alert.lead}:
        return None
    if named is None and len(helping) != 1:
        raise case.refuse_field("unit", "missing")
    found = [each for each in helping if named in {None, each.unit}]
    if not found:
        known = ", ".join(each.unit for each in helping)
        raise case.refuse_field("unit", "unknown_value", value=named, known=known)
    return found[0]
