"""When is a promise due, by its limit, its calendar and the pauses in its events?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain import promises
from dispatch.domain.promises import Limit, Pause
from dispatch.domain.worktime import CalendarEnds
from dispatch.rules.playbook import Playbook
from dispatch.store.tables import Promise, PromiseEvent

PAUSING: Final = ("pause", "resume")


def due_of(
    playbook: Playbook, promise: Mapping[str, Any], pauses: Sequence[Pause]
) -> tuple[datetime | None, str | None]:
    """The due time of a promise's row, recomputed; none, flagged, where the calendar ends.

    `playbook` is the version that the promise was made by.
    """
    start, seconds = promise["started_at"], promise["budget_s"]
    limit, calendar = Limit.parse(promise["limit"]), playbook.calendars[promise["calendar"]]
    try:
        if seconds is None:
            return promises.due(start, limit, calendar, pauses), None
        return promises.due_by_budget(start, seconds, limit.unit, calendar, pauses), None
    except CalendarEnds:
        return None, "calendar_ends"


def pauses_of(session: Session, promise: Promise) -> list[Pause]:
    """The promise's pauses, from its events in order; the last may be open."""
    events = session.execute(
        select(PromiseEvent.kind, PromiseEvent.at)
        .where(PromiseEvent.promise_id == promise.id, PromiseEvent.kind.in_(PAUSING))
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    )
    return pauses_from((kind, at) for kind, at in events)


def pauses_from(events: Iterable[tuple[str, datetime]]) -> list[Pause]:
    """Kinds and moments in order, as pauses."""
    pauses: list[Pause] = []
    for kind, at in events:
        if kind == "pause":
            pauses.append(Pause(at))
        elif pauses:
            pauses[-1] = Pause(pauses[-1].start, at)
    return pauses
