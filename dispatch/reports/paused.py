"""Paused: the clocks that are stopped now, why, by whom and until when."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import OVERALL
from dispatch.domain.time.courses import used_and_given
from dispatch.domain.time.pauses import PAUSE, PAUSING, Pause, PauseEvent, split_pauses
from dispatch.domain.time.promises import WORKING, Limit
from dispatch.reports.criteria import Criteria, Row
from dispatch.reports.report import Report
from dispatch.store.conditions import is_paused
from dispatch.store.tables import Alert, Promise, PromiseEvent

_FOREVER: Final = datetime.max.replace(tzinfo=UTC)


def rows(session: Session, criteria: Criteria) -> list[Row]:
    """One row for each paused clock, those that go on first before the others. The date told to
    the reporter is paused beside a unit's own promise, and is not listed again.
    """
    events = _events(session, criteria)
    found = [
        _row(record.Alert, record.Promise, events[record.Promise.id], criteria)
        for record in session.execute(_paused_promises(criteria)).all()
    ]
    return sorted(found, key=lambda row: (row["until"] or _FOREVER, row["number"]))


def by_promise(session: Session, criteria: Criteria) -> Mapping[str, Row]:
    """The same by the promise's id."""
    return {row["promise"]: row for row in rows(session, criteria)}


def _paused_promises(criteria: Criteria) -> Select[Alert, Promise]:
    return (
        select(Alert, Promise)
        .join(Promise, Promise.alert_id == Alert.id)
        .where(*criteria.conditions_of_clocks(), is_paused(), Promise.clock != OVERALL)
    )


def _events(session: Session, criteria: Criteria) -> Mapping[str, list[PromiseEvent]]:
    events: dict[str, list[PromiseEvent]] = defaultdict(list)
    for event in session.scalars(
        select(PromiseEvent)
        .join(Promise, Promise.id == PromiseEvent.promise_id)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(*criteria.conditions_of_clocks(), is_paused())
        .where(PromiseEvent.kind.in_(PAUSING))
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    ):
        events[event.promise_id].append(event)
    return events


def _row(alert: Alert, promise: Promise, events: list[PromiseEvent], criteria: Criteria) -> Row:
    ended, open_since = split_pauses(PauseEvent(each.kind, each.at, each.reason) for each in events)
    since = min(open_since.values(), default=promise.started_at)
    open_ones = [each for each in events if each.kind == PAUSE and each.reason in open_since]
    last = max(open_ones, key=lambda each: each.until or _FOREVER, default=None)
    limit, pauses = Limit.parse(promise.limit), [*ended, *map(Pause, open_since.values())]
    calendar = criteria.playbook.calendars.get(promise.calendar)
    used = used_and_given(promise, calendar, since, pauses)
    owner = last and last.owner
    return {
        **criteria.alert_columns(alert, promise),
        "clock": promise.clock,
        "pause_reason": last and last.reason,
        "owner": owner,
        "owner_label": criteria.label("department", owner) if owner else None,
        "since": since,
        "until": last and last.until,
        "left_s": used and used[1] - used[0],
        "in_office_time": limit.unit in WORKING,
    }


REPORT: Final = Report(
    name="paused",
    columns=(
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
    ),
    rows=rows,
)
