"""Reads from the database what the law asks about one alert and one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import OVERALL, RUNNING
from dispatch.domain.law.relations import may_take, relations
from dispatch.domain.law.request_names import RELEASE
from dispatch.domain.law.situation import (
    DisposeTerms,
    DistrictTerms,
    RequestFacts,
    RunningClock,
    Situation,
)
from dispatch.domain.law.statuses import has_confirmed
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.who import SUPERVISOR
from dispatch.domain.law.windows import returns_until
from dispatch.domain.roles import HANDLER_ROLES, Access, Grant, Organisation
from dispatch.domain.time.courses import used_and_given
from dispatch.domain.time.ladders import BY_TIME_ALONE, REMINDER
from dispatch.domain.time.pauses import pauses_from
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.reminders import UNBOUNDED_S, room_before_due
from dispatch.rules.book.category import UNSURE
from dispatch.rules.book.playbook import Playbook
from dispatch.store.alerts import (
    alert_facts,
    assignments_of,
    first_released,
    lead_assignment,
    supports_of,
)
from dispatch.store.merged import followers_of, is_private
from dispatch.store.promise_rows import PromiseWithPauses, lead_dispose_promise, promises_of
from dispatch.store.requests import requests_of, when_asked, when_whole_limit_began
from dispatch.store.role_holders import units_with_people
from dispatch.store.sealing import Seal, reporter_ref
from dispatch.store.tables import Alert, Assignment, LogEntry, Request, Rung

# By promise its next pending rung that does not follow time alone; built once, every page asks.
_RUNGS: Final = (
    select(Rung)
    .where(Rung.alert_id == bindparam("alert"), Rung.state == "pending")
    .where(Rung.action.not_in(BY_TIME_ALONE))
    .order_by(Rung.due_at.desc(), Rung.level.desc(), Rung.turn.desc())
)


class Viewer(Protocol):
    """Who looks at the alert, by which playbooks, when.

    `playbook`: the active one; `editions`: every version, as it was published.
    """

    @property
    def access(self) -> Access: ...
    @property
    def organisation(self) -> Organisation: ...
    @property
    def playbook(self) -> Playbook: ...
    @property
    def editions(self) -> Callable[[int], Playbook]: ...
    @property
    def seal(self) -> Seal: ...
    @property
    def now(self) -> datetime: ...


@dataclass(frozen=True)
class AlertRows:
    """An alert with the rows that belong to it, each kind read once.

    `assignments`: all it ever had; `requests`: all that were ever made; `followers`: the alerts
    that were merged into it, and into those; `rungs`: by promise the next one that a person may
    fire or put off. `staffed`: the units at which somebody works who can be sent.
    """

    alert: Alert
    assignments: list[Assignment]
    promises: list[PromiseWithPauses]
    requests: tuple[Request, ...]
    followers: list[Alert]
    rungs: Mapping[str, Rung]
    staffed: frozenset[str]


def read_alert_rows(session: Session, alert: Alert) -> AlertRows:
    """Reads the rows in seven statements."""
    return AlertRows(
        alert,
        assignments_of(session, alert.id),
        promises_of(session, alert.id),
        requests_of(session, alert.id),
        followers_of(session, alert.id),
        _next_rungs(session, alert.id),
        units_with_people(session, HANDLER_ROLES),
    )


def situation_of(session: Session, viewer: Viewer, read: AlertRows) -> Situation:
    """The law's view of an alert and a person; one statement more where it was urged."""
    alert, assignments = read.alert, read.assignments
    is_reporter = alert.reporter_ref == reporter_ref(viewer.seal, alert.id, viewer.access.person_id)
    facts = alert_facts(alert, assignments, is_reporter=is_reporter)
    held = relations(viewer.access, facts, viewer.organisation)
    lead, decided_by = lead_assignment(assignments), viewer.editions(alert.playbook_version)
    category = decided_by.categories.get(alert.category)
    district = viewer.playbook.district
    return Situation(
        alert_id=alert.id,
        now=viewer.now,
        access=viewer.access,
        organisation=viewer.organisation,
        facts=facts,
        held=held,
        district=DistrictTerms(ZoneInfo(district.timezone), district.reopen_days),
        status=alert.status,
        visit=alert.visit,
        closing=category.closing if category else None,
        life_safety=alert.life_safety,
        is_unsure=alert.category == UNSURE,
        is_private=is_private(alert),
        about_unit=alert.about_unit,
        has_whistle=alert.whistle is not None,
        returns=alert.returns,
        is_ruled_final=alert.ruled_final,
        is_contacted=lead is not None and lead.contacted_at is not None,
        is_confirmed=lead is not None and has_confirmed(alert.status, lead.confirmed_at),
        has_followers=bool(read.followers),
        can_be_led=alert.lead in viewer.playbook.units,
        urged_at=_urged_at(session, alert, may_take(STEPS["urge"], held)),
        closed_at=alert.closed_at,
        merged_at=alert.merged_at,
        returns_until=_returns_until(viewer.playbook, lead, read.promises),
        supports=supports_of(assignments),
        first_released=first_released(assignments),
        requests=tuple(_request_facts(each, viewer) for each in read.requests),
        dispose=_dispose_terms(read.promises, viewer),
        running_clocks=_running_clocks(viewer, read),
        staffed=read.staffed,
    )


def _urged_at(session: Session, alert: Alert, grant: Grant | None) -> datetime | None:
    """When somebody of the same rank urged last: the street's urge does not silence the supervisor,
    nor the ladder anybody. Asks the log only where somebody urged at all.
    """
    if grant is None or alert.urged_at is None:
        return None
    by_supervisor = LogEntry.role == SUPERVISOR
    mine = by_supervisor if grant.role == SUPERVISOR else ~by_supervisor
    return session.scalar(
        select(func.max(LogEntry.at)).where(
            LogEntry.alert_id == alert.id, LogEntry.code == "urge", mine
        )
    )


def _returns_until(
    playbook: Playbook, lead: Assignment | None, promises: Sequence[PromiseWithPauses]
) -> datetime | None:
    """Before signing until the sign promise is due; after it for a while."""
    if lead is None:
        return None
    if lead.signed_at is not None:
        return returns_until(lead.signed_at, playbook.calendars[playbook.hours_of(lead.unit)])
    mine = (each.promise for each in promises if each.promise.assignment_id == lead.id)
    return next((each.due_at for each in mine if each.clock == "sign"), None)


def _request_facts(request: Request, viewer: Viewer) -> RequestFacts:
    """The law learns of the asker only whether it was this person."""
    until = request.codes.get("until")
    return RequestFacts(
        kind=request.kind,
        unit=request.unit,
        asked=when_asked(request),
        is_mine=request.asker == viewer.access.person_id,
        verdict=request.verdict if request.ruled_at else None,
        until=date.fromisoformat(until) if until else None,
        support=request.codes.get("support") if request.kind == RELEASE else None,
    )


def _dispose_terms(promises: Sequence[PromiseWithPauses], viewer: Viewer) -> DisposeTerms | None:
    mine = lead_dispose_promise(promises)
    if mine is None:
        return None
    promise, began = mine.promise, [each.promise for each in promises if not each.helps]
    calendar = viewer.editions(promise.playbook_version).calendars.get(promise.calendar)
    return DisposeTerms(
        limit=Limit.parse(promise.limit),
        used_and_given=used_and_given(promise, calendar, viewer.now, pauses_from(mine.pauses)),
        begun=when_whole_limit_began(each for each in began if each.clock == OVERALL),
    )


def _running_clocks(viewer: Viewer, read: AlertRows) -> tuple[RunningClock, ...]:
    """The running clocks, each with the next rung that a person may fire or put off."""
    return tuple(
        _clock(viewer, read.alert, each, read.rungs.get(each.promise.id))
        for each in read.promises
        if each.promise.state == RUNNING
    )


def _next_rungs(session: Session, alert_id: str) -> dict[str, Rung]:
    """By promise its next pending rung that does not follow time alone."""
    return {each.promise_id: each for each in session.scalars(_RUNGS, {"alert": alert_id})}


def _clock(
    viewer: Viewer, alert: Alert, read: PromiseWithPauses, rung: Rung | None
) -> RunningClock:
    promise, most, room = read.promise, None, UNBOUNDED_S
    if rung is not None and rung.action == REMINDER:
        ladder = viewer.editions(alert.playbook_version).ladders[promise.ladder]
        most, at = ladder.snooze * 60, max(rung.due_at, viewer.now)
        waits = ladder.waits_for_hours(rung.level) and not alert.life_safety
        calendar = viewer.editions(promise.playbook_version).calendars[promise.calendar]
        room = room_before_due(at, promise.due_at, calendar, waits=waits)
    return RunningClock(
        clock=promise.clock,
        support=promise.assignment_id if read.helps else None,
        has_rung=rung is not None,
        snooze_most_s=most,
        snooze_s=max(0, most - rung.snoozed_s) if most is not None and rung else 0,
        until_due_s=room,
    )
