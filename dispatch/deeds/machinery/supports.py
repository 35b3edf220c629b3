"""A unit comes to help with an alert, and goes: its assignment, and the clocks of its own (S56)."""

from collections.abc import Iterable, Sequence
from typing import Any

from dispatch.deeds.machinery.assignments import assignment_row
from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change
from dispatch.deeds.machinery.transition import begin_clocks
from dispatch.domain.law.support_steps import KEPT_CLOCK, SUPPORT_CLOCKS
from dispatch.domain.supports import REQUIRED
from dispatch.domain.time.cards import worst_card
from dispatch.promises import clocks
from dispatch.promises.clocks import Start
from dispatch.promises.policy import policy_of
from dispatch.store.rows import add_rows
from dispatch.store.tables import Assignment

Row = dict[str, Any]


def support_starts(assignments: Iterable[Row]) -> list[Start]:
    """The clocks of each unit among these rows that has to come, as its own assignment owes them.

    Those that its policy does not know (arrive, where nobody need come) never begin.
    """
    return [
        Start(row["alert_id"], clock, row["round"], row["unit"], row["id"])
        for row in assignments
        if row["kind"] == REQUIRED
        for clock in SUPPORT_CLOCKS
    ]


def call_in(case: Case, units: Sequence[tuple[str, str]]) -> list[Row]:
    """Each unit with its mode, once: whoever leads or is called already stays as it is.

    Who was only told and has to come now is called anew, and so is who had finished. The new
    assignments.
    """
    called: list[Row] = []
    for unit, mode in units:
        if unit != case.alert.lead and _is_news(case, unit, mode):
            called.append(assignment_row(case.alert.id, mode, unit, case.alert.round, case.tx.now))
    add_rows(case.tx.session, Assignment, called)
    policy = policy_of(case.store, case.tx.session, case.alert)
    begin_clocks(case.tx, policy, support_starts(called))
    return called


def told_of(called: Iterable[Row]) -> dict[str, list[str]]:
    """For the log: which units have to come."""
    units = [row["unit"] for row in called if row["kind"] == REQUIRED]
    return {"supports": units} if units else {}


def as_row(support: Assignment) -> Row:
    """What those who are told of a support's deed are found by."""
    return {"unit": support.unit, "kind": support.kind, "handler": support.handler}


def _is_news(case: Case, unit: str, mode: str) -> bool:
    known = case.support_of(unit)
    if known is None:
        return True
    is_asked_more = mode == REQUIRED and (known.kind != REQUIRED or known.finished_at is not None)
    if is_asked_more:
        known.to_at = case.tx.now
    return is_asked_more


def let_go(case: Case, support: Assignment) -> None:
    """The unit is free again: its clocks end, neither met nor missed."""
    support.to_at = case.tx.now
    running = clocks.running(case.tx.session, case.alert.id)
    for promise in running.supports.pop(support.id, {}).values():
        clocks.end(case.tx.session, promise, case.tx.now)
    case.alert.card = worst_card(promise.card for promise in running.all())


def keep_promise(case: Case, support: Assignment) -> dict[str, str]:
    """What the support's deed makes of its clocks, by clock; the lead's go on untouched."""
    running = clocks.running(case.tx.session, case.alert.id)
    mine, outcomes = running.supports.get(support.id, {}), {}
    kept = mine.pop(KEPT_CLOCK[case.step.name], None)
    if kept is not None:
        outcomes[kept.clock] = clocks.keep(case.tx.session, kept, case.tx.now)
    if support.finished_at is not None:
        for clock in list(mine):
            outcomes[clock] = clocks.end(case.tx.session, mine.pop(clock), case.tx.now)
    case.alert.card = worst_card(promise.card for promise in running.all())
    return outcomes


def own(case: Case) -> Assignment:
    """The assignment that the person acts for; the law said that there is one."""
    mine = case.own_support
    if mine is None:
        raise LookupError(f"{case.step.name} comes next for no unit of this person")
    return mine


def with_promise(case: Case, mine: Assignment, change: Change) -> Change:
    """Whose deed it is, and what became of the support's own clocks."""
    change.codes |= {"support": mine.unit, "promises": keep_promise(case, mine)}
    change.helping = [as_row(mine)]
    return change
