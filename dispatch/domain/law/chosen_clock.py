"""Which clock a person means who snoozes or escalates its ladder."""

from collections.abc import Mapping
from typing import Any

from dispatch.domain.law.rows.choices import SPANS
from dispatch.domain.law.rows.step import Step
from dispatch.domain.law.situation import RunningClock, Situation
from dispatch.domain.supports import Support
from dispatch.errors import Fault, Refused


def chosen_clock(
    step: Step, situation: Situation, values: Mapping[str, Any]
) -> RunningClock | Refused:
    """The running clock that the values name, or the refusal.

    Without a `unit` it is the lead's or the alert's own clock, or that of the only unit that the
    person helps for. Refused: no_step_left, snooze_limit, snooze_past_due, invalid (which unit is
    missing).
    """
    whose = chosen_support(step, situation, values)
    if isinstance(whose, Refused):
        return whose
    owing = whose.id if whose else None
    mine = (
        each
        for each in situation.reachable_clocks(step)
        if (each.clock, each.support) == (values["clock"], owing)
    )
    clock = next(mine, None)
    if clock is None:
        return Refused("no_step_left")
    return clock if step.name != "snooze" else _put_off(clock, values["span"])


def chosen_support(
    step: Step, situation: Situation, values: Mapping[str, Any]
) -> Support | Refused | None:
    """The unit that helps and whose clock is meant; None where the lead or the alert owes it."""
    within, named = situation.ladder_reach(step), values.get("unit")
    if within.main and named in {None, situation.facts.lead}:
        return None
    if named is None and len(within.supports) != 1:
        return Refused("invalid", faults=(Fault("unit", "missing"),), count=1)
    return next(each for each in within.supports if named in {None, each.unit})


def _put_off(clock: RunningClock, span: str) -> RunningClock | Refused:
    if clock.snooze_most_s is None:
        return Refused("no_step_left")
    if SPANS[span] * 60 > clock.snooze_s:
        return Refused("snooze_limit", minutes=clock.snooze_most_s // 60)
    return Refused("snooze_past_due") if SPANS[span] * 60 > clock.until_due_s else clock
