"""A person takes the ladder in hand: the next step now, or a reminder somewhat later."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from dispatch.actions import clocks
from dispatch.actions.case import Case
from dispatch.actions.rung_effects import Claimed, apply_rung
from dispatch.actions.rungs_owed import UNDECIDED
from dispatch.actions.rungs_past import Past
from dispatch.domain.ladders import CARDS
from dispatch.domain.lifecycle import SPANS
from dispatch.errors import Refused
from dispatch.store.tables import Promise, Rung

# These follow the time alone: nobody hands them out early or late.
BY_TIME_ALONE = (*CARDS, "lapse", UNDECIDED)


def escalate_now(case: Case) -> dict[str, Any]:
    """The next step of a clock's ladder at once; the automatic one for that step does not follow.

    Codes for the log; raises Refused no_step_left.
    """
    promise, rung = _next(case)
    if rung is None:
        raise Refused("no_step_left")
    past = Past(case.tx.session, [rung])
    apply_rung(case.store, case.tx, Claimed(rung, promise, case.alert, past), ())
    return {"clock": promise.clock, "level": rung.level, "turn": rung.turn}


def snooze(case: Case) -> dict[str, Any]:
    """The next reminder of a clock later, that step only, never the promise.

    Codes for the log; raises Refused: no_step_left, snooze_limit.
    """
    promise, rung = _next(case)
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
    }


def _next(case: Case) -> tuple[Promise, Rung | None]:
    promise = clocks.running(case.tx.session, case.alert.id).main.get(case.wish_values["clock"])
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
    return promise, rung
