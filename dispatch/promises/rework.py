"""The remaining time to dispose after rework: at least a quarter of the limit."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import AWAITS_DECISION, MET, MISSED, OF_THE_WORK, TO_DISPOSE
from dispatch.domain.time import promises
from dispatch.domain.time.extensions import given
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.promises import clocks
from dispatch.promises.due_times import read_pauses
from dispatch.promises.policy import Policy
from dispatch.store.conditions import owed_by_helper
from dispatch.store.tables import Alert, Promise


def rework_budgets(session: Session, policy: Policy, alert: Alert) -> dict[str, int]:
    """Seconds of the next promise to dispose and of the overall one, by clock; without a clock of
    which none was kept before.
    """
    found = {clock: _last_kept(session, alert, clock) for clock in OF_THE_WORK}
    rests = {
        clock: remaining_seconds(session, policy, last) for clock, last in found.items() if last
    }
    return {clock: seconds for clock, seconds in rests.items() if seconds is not None}


def rest_at_least(session: Session, policy: Policy, alert: Alert, now: datetime) -> dict[str, int]:
    """Seconds with which the same unit continues after a rejected return, by clock, where less than
    a quarter of its limit is left; empty where its clock simply goes on.
    """
    promise = clocks.open_promises(session, alert.id).main.get(TO_DISPOSE)
    if promise is None:
        return {}
    with suppress(CalendarEnds):
        left, least = _rest_and_least(session, policy, promise, now)
        return {TO_DISPOSE: least} if left < least else {}
    return {}


def _last_kept(session: Session, alert: Alert, clock: str) -> Promise | None:
    return session.scalar(
        select(Promise)
        .where(Promise.alert_id == alert.id, Promise.clock == clock, ~owed_by_helper())
        .where(Promise.state.in_((MET, MISSED, AWAITS_DECISION)))
        .order_by(Promise.stopped_at.desc(), Promise.id.desc())
        .limit(1),
    )


def remaining_seconds(session: Session, policy: Policy, last: Promise) -> int | None:
    """By the calendar of the promise; where that ends, by the active one. None where neither
    reaches: then the whole limit begins, and waits for the next year's calendar.
    """
    today = policy.editions(policy.today)
    stopped = last.stopped_at or last.started_at
    for edition in (policy, replace(policy, editions=lambda _version: today)):
        if last.calendar in edition.editions(last.playbook_version).calendars:
            with suppress(CalendarEnds):
                return _rest_and_least(session, edition, last, stopped)[1]
    return None


def _rest_and_least(
    session: Session, policy: Policy, promise: Promise, until: datetime
) -> tuple[int, int]:
    """The seconds of its own time that a promise has left at `until`, and those with which it
    continues: at least a quarter of its limit. Raises CalendarEnds.
    """
    calendar = policy.editions(promise.playbook_version).calendars[promise.calendar]
    start, limit = promise.started_at, Limit.parse(promise.limit)
    written = promises.budget(start, limit, calendar)
    mine = given(start, limit, calendar, promise.budget_s, promise.extended)
    pauses = read_pauses(session, promise)
    if promise.due_at is not None:  # sooner, where it took over another alert's due time
        sooner = promises.used(start, promise.due_at, limit.unit, calendar, pauses)
        mine = min(mine, sooner)
    spent = promises.used(start, until, limit.unit, calendar, pauses)
    return mine - spent, promises.rework_budget(written, mine - spent)
