"""Calls supports and releases them: their assignments, and the clocks of their own."""

from collections.abc import Iterable, Sequence

from dispatch.deeds.machinery.assignments import assignment_row
from dispatch.deeds.machinery.beginning import begin_clocks
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.support_steps import KEPT_CLOCK, SUPPORT_CLOCKS
from dispatch.domain.supports import COMING, FIRST, INFORMED, REQUIRED
from dispatch.domain.time.cards import worst_card
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart
from dispatch.promises.policy import policy_of
from dispatch.promises.remainders import with_remainders
from dispatch.promises.requests import lapse_release
from dispatch.store.rows import RowValues, add_rows
from dispatch.store.tables import Assignment


def support_starts(assignments: Iterable[RowValues]) -> list[ClockStart]:
    """The clocks that begin for each unit among these rows that has to come.

    Clocks that the alert's policy does not promise (arrive, where nobody need come) never begin.
    """
    return [
        ClockStart(row["alert_id"], clock, row["round"], row["unit"], row["id"], is_support=True)
        for row in assignments
        if row["kind"] in COMING
        for clock in SUPPORT_CLOCKS
    ]


def call_supports(
    context: StepContext, units: Sequence[tuple[str, str]], caller: str
) -> list[RowValues]:
    """Calls each unit in its mode for the caller (`rules`, or a relation) and returns the new
    assignments. Whoever leads or is called already stays as it is.

    A unit that was only told and has to come now is called anew, and so is one that had finished.
    """
    called: list[RowValues] = []
    for unit, mode in units:
        if unit != context.alert.lead and _is_news(context, unit, mode):
            alert, now = context.alert, context.tx.now
            called.append(assignment_row(alert.id, mode, unit, alert.round, now, caller))
    add_rows(context.tx.session, Assignment, called)
    policy = policy_of(context.store, context.tx.session, context.alert)
    tx = context.tx
    begin_clocks(tx, policy, with_remainders(tx.session, policy, support_starts(called), tx.now))
    return called


def support_codes(called: Iterable[RowValues]) -> dict[str, list[str]]:
    """The codes of the log row: which units have to come, to help the lead and for the first
    response.
    """
    rows = tuple(called)
    kinds = {"supports": REQUIRED, "first_response": FIRST}
    units = {
        code: [row["unit"] for row in rows if row["kind"] == kind] for code, kind in kinds.items()
    }
    return {code: named for code, named in units.items() if named}


def called_codes(called: Iterable[RowValues]) -> dict[str, list[str]]:
    """The same with the units that are only told, for the row of a decision that was made anew."""
    rows = tuple(called)
    told = [row["unit"] for row in rows if row["kind"] == INFORMED]
    return support_codes(rows) | ({"informed": told} if told else {})


def whose_codes(unit: str, mode: str) -> dict[str, object]:
    """The codes of the log row about one unit that helps, and whether it comes first."""
    return {"support": unit, **({"first": True} if mode == FIRST else {})}


def codes_about(context: StepContext, unit: str) -> dict[str, object]:
    """The same of a unit that helps now, or no more."""
    support = context.support_of(unit)
    return whose_codes(unit, support.kind if support else REQUIRED)


def support_row(support: Assignment) -> RowValues:
    """The columns by which those who are told of a support's step are found."""
    return {"unit": support.unit, "kind": support.kind, "handler": support.handler}


def _is_news(context: StepContext, unit: str, mode: str) -> bool:
    known = context.support_of(unit)
    if known is None:
        return True
    is_weaker = known.kind == INFORMED or known.finished_at is not None
    is_asked_more = mode in COMING and is_weaker
    if is_asked_more:
        known.to_at = context.tx.now
    return is_asked_more


def end_support(context: StepContext, support: Assignment) -> None:
    """Releases the unit; what it was late with by then stays missed."""
    support.to_at = context.tx.now
    lapse_release(context.tx, context.alert, support.unit)
    running = clocks.open_promises(context.tx.session, context.alert.id)
    for promise in running.supports.pop(support.id, {}).values():
        clocks.take_away(context.tx.session, promise, context.tx.now)
    context.alert.card = worst_card(promise.card for promise in running.all())


def stop_support_clocks(context: StepContext, support: Assignment) -> dict[str, str]:
    """Stops the support's clocks that its step keeps or ends, and returns their outcomes by clock.
    The lead's clocks go on.
    """
    running = clocks.open_promises(context.tx.session, context.alert.id)
    mine, outcomes = running.supports.get(support.id, {}), {}
    kept = mine.pop(KEPT_CLOCK[context.step.name], None)
    if kept is not None:
        outcomes[kept.clock] = clocks.keep_promise(context.tx.session, kept, context.tx.now)
    if support.finished_at is not None:
        lapse_release(context.tx, context.alert, support.unit)
        for clock in list(mine):
            outcomes[clock] = clocks.take_away(context.tx.session, mine.pop(clock), context.tx.now)
    context.alert.card = worst_card(promise.card for promise in running.all())
    return outcomes


def own_support(context: StepContext) -> Assignment:
    """The assignment that the person acts for; the law has made sure that there is one."""
    mine = context.own_support
    if mine is None:
        raise LookupError(f"{context.step.name} comes next for no unit of this person")
    return mine


def with_stopped_clocks(context: StepContext, mine: Assignment, change: Change) -> Change:
    """Adds to the change whose step it is, and what became of the support's clocks."""
    outcomes = stop_support_clocks(context, mine)
    change.codes |= {**whose_codes(mine.unit, mine.kind), "promises": outcomes}
    change.helping = [support_row(mine)]
    return change
