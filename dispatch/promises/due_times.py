"""Computes due times from a promise's limit, its calendar and its events."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import CALENDAR_ENDS
from dispatch.domain.time.extensions import due_extended
from dispatch.domain.time.pauses import PAUSING, Pause, PauseEvent, pauses_from, split_pauses
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.taken_over import (
    MERGE,
    UNMERGE,
    Extension,
    TakenOver,
    earliest,
    taken_over,
)
from dispatch.domain.time.worktime import CalendarEnds
from dispatch.rules.book.playbook import Playbook
from dispatch.store.tables import Promise, PromiseEvent

TermsRow = Mapping[str, str]
MERGING: Final = (MERGE, UNMERGE)
EXTENSION: Final = "extend"
_NEWEST: Final = (Promise.started_at.desc(), Promise.id.desc())
# These terms name no calendar: it is that of the unit that owes the promise.
OF_UNIT: Final = "unit"


def calendar_of(
    session: Session,
    today: Playbook,
    promise: Mapping[str, Any],
    terms: TermsRow,
    unit: str | None,
) -> str:
    """The name of the calendar of a promise that begins, by the hours of `unit` where nobody wrote
    one. One that continues with a remainder keeps its calendar: its seconds were counted there.
    """
    if promise["budget_s"] is not None:
        before = (Promise.alert_id, Promise.clock, Promise.unit)
        same = [column == promise[column.key] for column in before]
        newest = select(Promise.calendar).where(*same).order_by(*_NEWEST).limit(1)
        if calendar := session.scalar(newest):
            return calendar
    return today.hours_of(unit) if terms.get("hours") == OF_UNIT else terms["calendar"]


def recomputed_due(
    playbook: Playbook,
    promise: Mapping[str, Any],
    pauses: Sequence[Pause],
    taken: Collection[TakenOver] = (),
) -> tuple[datetime | None, str | None]:
    """The due time of a promise's row and its flag; no due time where the calendar ends.

    `playbook` is the version by which the promise was made; `taken`: the due times that it took
    over.
    """
    own, flag = _own_due(playbook, promise, pauses)
    if not taken:
        return own, flag
    unit, calendar = Limit.parse(promise["limit"]).unit, playbook.calendars[promise["calendar"]]
    try:
        return earliest(own, taken, unit, calendar, pauses), flag
    except CalendarEnds:
        return own, flag


def _own_due(
    playbook: Playbook, promise: Mapping[str, Any], pauses: Sequence[Pause]
) -> tuple[datetime | None, str | None]:
    limit, calendar = Limit.parse(promise["limit"]), playbook.calendars[promise["calendar"]]
    moves = {"seconds": promise["budget_s"], "by": promise["extended"]}
    try:
        return due_extended(promise["started_at"], limit, calendar, pauses, **moves), None
    except CalendarEnds:
        return None, CALENDAR_ENDS


def read_pauses(session: Session, promise: Promise) -> list[Pause]:
    """The promise's pauses by its events; the last may be open."""
    return pauses_from(_events(session, promise))


def read_extensions(session: Session, promise: Promise) -> list[Extension]:
    """The promise's extensions by its events: when, and how much in the limit's own unit."""
    rows = session.execute(
        select(PromiseEvent.at, PromiseEvent.amount).where(
            PromiseEvent.promise_id == promise.id, PromiseEvent.kind == EXTENSION
        ),
    )
    return [(at, amount or 0) for at, amount in rows]


def open_reasons(session: Session, promise: Promise) -> dict[str | None, datetime]:
    """Why the clock is paused now, and since when for each reason."""
    return split_pauses(_events(session, promise))[1]


def _events(session: Session, promise: Promise) -> list[PauseEvent]:
    rows = session.execute(
        select(PromiseEvent.kind, PromiseEvent.at, PromiseEvent.reason)
        .where(PromiseEvent.promise_id == promise.id, PromiseEvent.kind.in_(PAUSING))
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    )
    return [PauseEvent(kind, at, reason) for kind, at, reason in rows]


def read_taken_over(session: Session, promise: Promise) -> Mapping[str, TakenOver]:
    """The due times that the promise took over from merged alerts, by alert."""
    rows = session.execute(
        select(PromiseEvent.kind, PromiseEvent.at, PromiseEvent.reason, PromiseEvent.until)
        .where(PromiseEvent.promise_id == promise.id, PromiseEvent.kind.in_(MERGING))
        .order_by(PromiseEvent.at, PromiseEvent.id),
    )
    merged = [(kind, at, str(whose), due_at) for kind, at, whose, due_at in rows]
    return taken_over(merged, read_extensions(session, promise)) if merged else {}


def last_unmerged_at(session: Session, promise: Promise) -> datetime | None:
    """When an alert whose due time it had taken over was last taken out again, or None."""
    last = select(func.max(PromiseEvent.at)).where(
        PromiseEvent.promise_id == promise.id, PromiseEvent.kind == UNMERGE
    )
    return session.scalar(last)
