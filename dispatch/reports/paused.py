"""Which clocks stand, why, by whom and until when: what is not late because it does not run."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dispatch.domain.time.courses import spent
from dispatch.domain.time.promises import WORKING, Limit, Pause, split_pauses
from dispatch.reports.asked import Asked, Row
from dispatch.store.tables import Alert, Promise, PromiseEvent

TITLE: Final = "reports.paused.title"
COLUMNS: Final = (
    "number",
    "category_label",
    "street_label",
    "department_label",
    "status",
    "clock",
    "pause_reason",
    "owner_label",
    "since",
    "until",
    "left_s",
)
_FOREVER: Final = datetime.max.replace(tzinfo=UTC)


def rows(session: Session, asked: Asked) -> list[Row]:
    """One row a clock that stands now, those that go on first before the others."""
    events = _events(session, asked)
    found = [
        _row(record.Alert, record.Promise, events[record.Promise.id], asked)
        for record in session.execute(_standing(asked)).all()
    ]
    return sorted(found, key=lambda row: (row["until"] or _FOREVER, row["number"]))


def by_promise(session: Session, asked: Asked) -> Mapping[str, Row]:
    """The same by the promise's id."""
    return {row["promise"]: row for row in rows(session, asked)}


def _standing(asked: Asked) -> Select[Alert, Promise]:
    return (
        select(Alert, Promise)
        .join(Promise, Promise.alert_id == Alert.id)
        .where(*asked.conditions(), Promise.state == "paused")
    )


def _events(session: Session, asked: Asked) -> Mapping[str, list[PromiseEvent]]:
    events: dict[str, list[PromiseEvent]] = defaultdict(list)
    for event in session.scalars(
        select(PromiseEvent)
        .join(Promise, Promise.id == PromiseEvent.promise_id)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(*asked.conditions(), Promise.state == "paused")
        .where(PromiseEvent.kind.in_(("pause", "resume")))
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    ):
        events[event.promise_id].append(event)
    return events


def _row(alert: Alert, promise: Promise, events: list[PromiseEvent], asked: Asked) -> Row:
    ended, standing = split_pauses((each.kind, each.at, each.reason) for each in events)
    since = min(standing.values(), default=promise.started_at)
    open_ones = [each for each in events if each.kind == "pause" and each.reason in standing]
    last = max(open_ones, key=lambda each: each.until or _FOREVER, default=None)
    limit, pauses = Limit.parse(promise.limit), [*ended, *map(Pause, standing.values())]
    calendar = asked.playbook.calendars.get(promise.calendar)
    used = spent(promise, calendar, since, pauses)
    owner = last and last.owner
    return {
        **asked.told_of(alert, promise),
        "clock": promise.clock,
        "pause_reason": last and last.reason,
        "owner": owner,
        "owner_label": asked.label("department", owner) if owner else None,
        "since": since,
        "until": last and last.until,
        "left_s": used and used[1] - used[0],
        "in_office_time": limit.unit in WORKING,
    }
