"""The remaining time to dispose after rework: at least a quarter of the limit."""

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import TO_DISPOSE
from dispatch.domain.law.late import AWAITS_DECISION
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.promises import clocks
from dispatch.promises.policy import Policy
from dispatch.store.conditions import owed_by_helper
from dispatch.store.tables import Alert, Promise


def rework_budgets(session: Session, policy: Policy, alert: Alert) -> dict[str, int]:
    """Seconds of the next promise to dispose, by its clock; empty where none was kept before."""
    last = session.scalar(
        select(Promise)
        .where(Promise.alert_id == alert.id, Promise.clock == TO_DISPOSE, ~owed_by_helper())
        .where(Promise.state.in_(("met", "missed", AWAITS_DECISION)))
        .order_by(Promise.stopped_at.desc(), Promise.id.desc())
        .limit(1),
    )
    seconds = None if last is None else remaining_seconds(session, policy, last)
    return {} if seconds is None else {TO_DISPOSE: seconds}


def remaining_seconds(session: Session, policy: Policy, last: Promise) -> int | None:
    """By the calendar of the promise; where that ends, by the active one. None where neither
    reaches: then the whole limit begins, and waits for the next year's calendar.
    """
    today = policy.editions(policy.today)
    for edition in (policy, replace(policy, editions=lambda _version: today)):
        if last.calendar in edition.editions(last.playbook_version).calendars:
            with suppress(CalendarEnds):
                return clocks.rework_seconds(session, edition, last)
    return None
