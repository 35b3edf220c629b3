"""Finds the clock and the next rung that a person snoozes or escalates; the law has allowed it."""

from dataclasses import dataclass

from sqlalchemy import select

from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import whose_codes
from dispatch.domain.law.chosen_clock import chosen_support
from dispatch.domain.supports import Support
from dispatch.domain.time.ladders import BY_TIME_ALONE
from dispatch.errors import Refused
from dispatch.promises import clocks
from dispatch.store.tables import Promise, Rung


@dataclass(frozen=True)
class ChosenRung:
    """`support`: the unit that helps and owes the clock; None for the lead's and the alert's."""

    promise: Promise
    rung: Rung
    support: Support | None

    def codes(self) -> dict[str, object]:
        """The codes of the log row."""
        whose = whose_codes(self.support.unit, self.support.mode) if self.support else {}
        rung = {"level": self.rung.level, "turn": self.rung.turn}
        return {"clock": self.promise.clock, **rung, **whose}


def chosen_rung(context: StepContext) -> ChosenRung:
    """The next rung, its row locked; raises Refused no_step_left where it fired at this moment."""
    support = chosen_support(context.step, context.situation, context.values)
    if isinstance(support, Refused):
        raise support
    running = clocks.open_promises(context.tx.session, context.alert.id)
    mine = running.main if support is None else running.supports.get(support.id, {})
    promise = mine[context.values["clock"]]
    rung = context.tx.session.scalar(
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
    if rung is None:
        raise Refused("no_step_left")
    return ChosenRung(promise, rung, support)
