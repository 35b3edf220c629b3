"""Begins the clocks that a move or a correction begins, each for the unit that owes it."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from dispatch.domain.law.clock_changes import ONCE
from dispatch.domain.law.clock_names import CALENDAR_ENDS, OF_THE_LEAD, OVERALL, PAUSED
from dispatch.domain.law.clock_owner import clock_owner
from dispatch.domain.law.events import SYSTEM
from dispatch.promises import clocks
from dispatch.promises.clocks import ClockStart
from dispatch.promises.pauses import resume_promise
from dispatch.promises.policy import Policy
from dispatch.promises.remainders import with_remainders
from dispatch.promises.taken_over import take_over_waiting
from dispatch.store.alerts import (
    alert_facts,
    assignments_of,
    is_contacted,
    lead_assignment_id,
)
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Promise
from dispatch.store.transaction import Transaction
from dispatch.telling.notices import tell_district


def begin_moved_clocks(
    tx: Transaction,
    policy: Policy,
    alert: Alert,
    begun: frozenset[str],
    running: dict[str, Promise],
    budgets: dict[str, int],
) -> None:
    if alert.status == "reported" and OVERALL in running:  # it begins anew, and takes the date over
        clocks.take_away(tx.session, running.pop(OVERALL), tx.now)
    new = sorted(begun - running.keys())
    if ONCE in new and is_contacted(tx.session, alert):
        new.remove(ONCE)
    lead = lead_assignment_id(tx.session, alert.id) if OF_THE_LEAD.intersection(new) else None
    owner = owner_of_clocks(tx.session, policy, alert)
    starts = [
        ClockStart(
            alert.id,
            clock,
            alert.round,
            owner(clock),
            lead if clock in OF_THE_LEAD else None,
            budgets.get(clock),
        )
        for clock in new
    ]
    for clock in sorted(begun & running.keys()):
        if running[clock].state == PAUSED:
            resume_promise(tx.session, policy, running[clock], tx.now, alert.status)
    begin_clocks(tx, policy, with_remainders(tx.session, policy, starts, tx.now))
    if alert.status == "reported":
        take_over_waiting(tx, policy, alert)


def begin_clocks(
    tx: Transaction, policy: Policy, starts: Sequence[ClockStart]
) -> list[dict[str, Any]]:
    """Begins promises and logs those that no calendar reaches; the district is told of them.
    Returns the promises' rows.
    """
    begun = clocks.begin_promises(tx.session, policy, starts, tx.now)
    for row in begun:
        if row["flag"] == CALENDAR_ENDS:
            codes = {"clock": row["clock"], "calendar": row["calendar"]}
            tx.record(Event(CALENDAR_ENDS, alert_id=row["alert_id"], role=SYSTEM, codes=codes))
            tell_district(tx, row["alert_id"], CALENDAR_ENDS)
    return begun


def owner_of_clocks(session: Session, policy: Policy, alert: Alert) -> Callable[[str], str | None]:
    """Answers which unit owes a clock of the alert, as it stands now."""
    every = assignments_of(session, alert.id)
    facts = alert_facts(alert, every, is_reporter=False)
    return lambda clock: clock_owner(clock, facts, policy.playbook.organisation)
