"""What is left to dispose where it goes on after rework? At least a quarter of the limit."""

from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select

from dispatch.deeds.machinery.case import Case
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.promises import clocks
from dispatch.promises.clocks import PENDING
from dispatch.store.alerts import of_support
from dispatch.store.tables import Promise


def rest_to_dispose(case: Case) -> dict[str, int]:
    """Seconds of the next promise to dispose, by its clock; nothing where none was kept before."""
    session, alert = case.tx.session, case.alert
    last = session.scalar(
        select(Promise)
        .where(Promise.alert_id == alert.id, Promise.clock == "dispose", ~of_support())
        .where(Promise.state.in_(("met", "missed", PENDING)))
        .order_by(Promise.stopped_at.desc())
        .limit(1),
    )
    seconds = None if last is None else rest_of(case, last)
    return {} if seconds is None else {"dispose": seconds}


def rest_of(case: Case, last: Promise) -> int | None:
    """By the calendar that it was promised by; where that ended meanwhile, by today's. None where
    no calendar says what is left: the whole limit begins then, and waits for the year.
    """
    policy = case.policy
    today = policy.editions(policy.today)
    for edition in (policy, replace(policy, editions=lambda _version: today)):
        if last.calendar in edition.editions(last.playbook_version).calendars:
            with suppress(CalendarEnds):
                return clocks.rework_seconds(case.tx.session, edition, last)
    return None
