"""Recomputes everything that can be recomputed and reports what differs; changes nothing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dispatch.domain.law.clock_changes import ONCE, PAUSED_IN, clocks_running
from dispatch.domain.law.clock_names import AWAITS_DECISION, ENDED, OVERALL, TO_DISPOSE
from dispatch.domain.law.request_names import EXTEND, SUSPEND
from dispatch.domain.law.statuses import MERGED
from dispatch.domain.law.support_steps import SUPPORT_CLOCKS, SUPPORTS_ACT_IN, clocks_of
from dispatch.domain.supports import LEAD
from dispatch.installation.verify_log import LogLook
from dispatch.promises.checks.found import Check, or_dash
from dispatch.promises.checks.ladders import check_ladders
from dispatch.promises.checks.outcomes import check_outcomes
from dispatch.promises.checks.recomputed import recomputed
from dispatch.promises.checks.rungs import (
    check_late_rungs,
    check_rungs,
    check_waiting_rungs,
    endless_pauses,
)
from dispatch.store.alerts import supports_of
from dispatch.store.conditions import (
    is_paused,
    is_running,
    lead_has_confirmed,
    leads,
    owed_by_helper,
)
from dispatch.store.tables import Alert, Assignment, LogEntry, Promise, Request
from dispatch.store.transaction import Store


def verify_store(store: Store, look: LogLook | None = None) -> Iterator[Check]:
    """Yields each check when it is done; all of them see the store at one moment."""
    with store.read() as session:
        for name, looks in {**(look or LogLook()).checks, **_CHECKS}.items():
            check = Check(name)
            looks(store, session, check)
            yield check


def _statuses(_store: Store, session: Session, check: Check) -> None:
    """Each alert has the status of its last log row; this also finds a log that was cut off."""
    last = (
        select(LogEntry.alert_id, func.max(LogEntry.seq).label("seq"))
        .where(LogEntry.to_status.is_not(None))
        .group_by(LogEntry.alert_id)
        .subquery()
    )
    rows = session.execute(
        select(Alert.number, Alert.status, LogEntry.to_status)
        .outerjoin(last, last.c.alert_id == Alert.id)
        .outerjoin(LogEntry, LogEntry.seq == last.c.seq),
    )
    for number, status, logged in rows:
        check.seen += 1
        if status != logged:
            check.differs("status", number=number, status=status, logged=logged or "–")


def _due_times(store: Store, session: Session, check: Check) -> None:
    """Each open promise is due as computed from its limit, calendar and events."""
    for each in recomputed(store, session):
        check.seen += 1
        promise = each.promise
        if each.due_at != promise.due_at:
            written = {"clock": promise.clock, "due_at": or_dash(promise.due_at)}
            should_be = or_dash(each.due_at)
            check.differs("due", number=each.alert.number, **written, should_be=should_be)


def _running_clocks(_store: Store, session: Session, check: Check) -> None:
    """Each alert has exactly the running clocks of its status, each once."""
    running = _running_by_owner(session, Promise.alert_id, ~owed_by_helper())
    contacted, confirmed, told = _contacted(session), _confirmed(session), _told_before(session)
    columns = (Alert.id, Alert.number, Alert.status, Alert.life_safety, Alert.policy)
    for alert in session.execute(select(*columns).execution_options(yield_per=1000)):
        check.seen += 1
        promised = set(alert.policy.get("promises", {}))
        promised |= {OVERALL} if TO_DISPOSE in promised else set()
        law = clocks_running(alert.status, life_safety=alert.life_safety) & promised
        have = running.get(alert.id, [])
        if alert.status == "reported" and alert.id in told:
            law |= {OVERALL} & promised & {*have}
        if alert.id in contacted:
            law -= {ONCE}
        if alert.id in confirmed:
            law -= {TO_DISPOSE}
        _compare(check, alert.number, have, law)


def _running_by_owner(
    session: Session, whose: InstrumentedAttribute[Any], which: ColumnElement[bool]
) -> dict[str, list[str]]:
    """The running clocks, by the alert or the assignment that owns them."""
    running: dict[str, list[str]] = defaultdict(list)
    for owner, clock in session.execute(select(whose, Promise.clock).where(is_running(), which)):
        running[owner].append(clock)
    return running


def _compare(check: Check, number: str, have: Collection[str], law: Collection[str]) -> None:
    if sorted(have) != sorted(law):
        told = {"clocks": have, "should_be": law}
        words = {name: ", ".join(sorted(clocks)) or "–" for name, clocks in told.items()}
        check.differs("clocks", number=number, **words)


def _support_clocks(_store: Store, session: Session, check: Check) -> None:
    """Each unit that has to come has exactly the clocks of what it has not done yet; one that is
    only told, or was released, has none.
    """
    running = _running_by_owner(session, Promise.assignment_id, owed_by_helper())
    rows = session.execute(
        select(Assignment, Alert.number, Alert.status, Alert.policy)
        .join(Alert, Alert.id == Assignment.alert_id)
        .where(Assignment.kind != LEAD)
        .execution_options(yield_per=1000),
    )
    for assignment, number, status, policy in rows:
        check.seen += 1
        begun = frozenset(SUPPORT_CLOCKS) & policy.get("promises", {}).keys()
        helping = supports_of([assignment]) if status in SUPPORTS_ACT_IN else ()
        law = clocks_of(helping[0], begun=begun) if helping else frozenset()
        _compare(check, number, running.get(assignment.id, []), law)


def _told_before(session: Session) -> set[str]:
    """The alerts whose reporter was told a date before: after a merge was undone it goes on."""
    stopped = Promise.clock == OVERALL, Promise.stopped_at.is_not(None)
    return set(session.scalars(select(Promise.alert_id).where(*stopped)))


def _confirmed(session: Session) -> set[str]:
    """The alerts whose present lead has confirmed its part and waits."""
    return set(session.scalars(select(Alert.id).where(lead_has_confirmed())))


def _contacted(session: Session) -> set[str]:
    """The alerts whose present lead has contacted the reporter."""
    spoken = select(Assignment.alert_id).where(leads(), Assignment.contacted_at.is_not(None))
    return set(session.scalars(spoken))


def _paused_clocks(_store: Store, session: Session, check: Check) -> None:
    """A clock is paused only while its alert waits for a ruling or a date, and the date ends it."""
    rows = session.execute(
        select(Alert.number, Alert.status, Promise.clock)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(is_paused()),
    )
    for number, status, name in rows:
        check.seen += 1
        if status not in PAUSED_IN:
            check.differs("paused", number=number, clock=name, status=status)
    for number, name, until in endless_pauses(session):
        check.differs("endless", number=number, clock=name, until=or_dash(until))


def _merged(_store: Store, session: Session, check: Check) -> None:
    """An alert names the one into which it was merged if and only if it is merged."""
    is_merged, points = Alert.status == MERGED, Alert.merged_into.is_not(None)
    rows = session.execute(
        select(Alert.number, Alert.status, Alert.merged_into).where(is_merged | points)
    )
    for number, status, into in rows:
        check.seen += 1
        if (status == MERGED) != (into is not None):
            check.differs("merged", number=number, status=status)


def _undecided(_store: Store, session: Session, check: Check) -> None:
    """What is held for a missing decision has an undecided request."""
    waits = (
        select(Request.id)
        .where(Request.alert_id == Promise.alert_id, Request.ruled_at.is_(None))
        .where(Request.kind.in_((EXTEND, SUSPEND)))
        .exists()
    )
    held = (Promise.flag == AWAITS_DECISION) & (Promise.state != ENDED) | (
        Promise.state == AWAITS_DECISION
    )
    rows = select(Alert.number, Promise.clock, Promise.state, waits).join(
        Alert, Alert.id == Promise.alert_id
    )
    for number, clock, state, is_asked in session.execute(rows.where(held)):
        check.seen += 1
        if not is_asked:
            check.differs("undecided", number=number, clock=clock, state=state)


_CHECKS: Final[Mapping[str, Callable[[Store, Session, Check], None]]] = {
    "statuses": _statuses,
    "merged": _merged,
    "due_times": _due_times,
    "running_clocks": _running_clocks,
    "support_clocks": _support_clocks,
    "paused_clocks": _paused_clocks,
    "undecided": _undecided,
    "outcomes": check_outcomes,
    "rungs": check_rungs,
    "waiting_rungs": check_waiting_rungs,
    "ladders": check_ladders,
    "late_rungs": check_late_rungs,
}
CHECKS: Final = (*LogLook().checks, *_CHECKS)
