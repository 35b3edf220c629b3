"""The date that the reporter was told is a promise of its own, also of alerts that exist already.

Until now the lead's promise to dispose went on through every change of hands: it was that date.

Revision ID: 0007
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from dispatch.domain.time.extensions import due_extended
from dispatch.domain.time.pauses import PauseEvent, pauses_from
from dispatch.domain.time.promises import Limit
from dispatch.domain.time.taken_over import earliest, taken_over
from dispatch.domain.time.worktime import Calendar, CalendarEnds
from dispatch.rules.book.archives import unpack
from dispatch.rules.book.loading import load
from dispatch.store.tables.base import InstantType

revision = "0007"
down_revision = "0006"

RETURNED = "returned"
# Without those of supports, which stay as they are.
_DISPOSING = """
SELECT id FROM promise WHERE clock = 'dispose' AND (
    assignment_id IS NULL
    OR assignment_id IN (SELECT id FROM assignment WHERE kind = 'lead')
)
"""
# It belongs to no unit, and no card or ladder comes of it.
_PROMISE = """
INSERT INTO promise (id, alert_id, clock, round, unit, assignment_id, "limit", budget_s, extended,
    calendar, playbook_version, basis, ladder, started_at, due_at, stopped_at, state, flag, card)
SELECT :copy, alert_id, 'overall', round, NULL, NULL, "limit", budget_s, extended,
    calendar, playbook_version, basis, ladder, started_at, due_at, stopped_at, state, flag, NULL
FROM promise WHERE id = :id
"""
_EVENT = """
INSERT INTO promise_event (id, promise_id, at, kind, reason, owner, until, amount)
SELECT :copy, :promise, at, kind, reason, owner, until, amount FROM promise_event WHERE id = :id
"""
# Where it is paused until a date, it is resumed on that date.
_RESUMES = """
INSERT INTO rung (id, promise_id, alert_id, level, turn, action, "to", due_at, state, attempts,
    not_before, snoozed_s)
SELECT :copy, :promise, alert_id, level, turn, action, "to", due_at, state, attempts,
    not_before, snoozed_s FROM rung WHERE id = :id
"""
_PAUSED_BY_RETURN = """
SELECT promise.id FROM promise JOIN alert ON alert.id = promise.alert_id
WHERE promise.clock = 'overall' AND promise.state = 'paused' AND alert.status = 'returned'
"""

# What was taken away after its due time ended neutral until now. It stays so, as it was reported.
_UNCOUNTED = """
UPDATE promise SET flag = 'uncounted'
WHERE state = 'ended' AND clock <> 'rate' AND flag IS NULL
AND (card IS NOT NULL OR stopped_at > due_at)
"""

_promise = sa.table(
    "promise",
    *(sa.column(name) for name in ("id", "limit", "budget_s", "extended", "calendar")),
    *(sa.column(name) for name in ("playbook_version", "state", "flag")),
    *(sa.column(name, InstantType()) for name in ("started_at", "due_at")),
)
_event = sa.table(
    "promise_event",
    *(sa.column(name) for name in ("id", "promise_id", "kind", "reason", "amount")),
    *(sa.column(name, InstantType()) for name in ("at", "until")),
)


def upgrade() -> None:
    _calendar.cache_clear()  # one process may upgrade several databases
    copies = {each: uuid4().hex for each in op.get_bind().scalars(sa.text(_DISPOSING))}
    _copy(_PROMISE, ({"id": each, "copy": copy} for each, copy in copies.items()))
    for statement, rows in (
        (_EVENT, "SELECT id, promise_id FROM promise_event"),
        (_RESUMES, "SELECT id, promise_id FROM rung WHERE action = 'resume' AND state = 'pending'"),
    ):
        found = op.get_bind().execute(sa.text(rows)).all()
        _copy(
            statement,
            ({"id": i, "copy": uuid4().hex, "promise": copies[p]} for i, p in found if p in copies),
        )
    for each in op.get_bind().scalars(sa.text(_PAUSED_BY_RETURN)).all():
        _go_on(each)
    op.execute(_UNCOUNTED)


def _copy(statement: str, rows: Iterator[dict[str, str]]) -> None:
    if found := list(rows):
        op.get_bind().execute(sa.text(statement), found)


def _go_on(promise_id: str) -> None:
    """A return does not pause it: it runs as if this return had not paused it either."""
    mine = sa.select(_event).where(_event.c.promise_id == promise_id)
    events = op.get_bind().execute(mine.order_by(_event.c.at, _event.c.kind)).all()
    still = [each for each in events if each.reason == RETURNED][-1]
    op.get_bind().execute(sa.delete(_event).where(_event.c.id == still.id))
    promise = op.get_bind().execute(sa.select(_promise).where(_promise.c.id == promise_id)).one()
    runs: dict[str, Any] = {"state": "running"}
    if promise.due_at is None:
        runs["due_at"] = _due(promise, [each for each in events if each is not still])
        runs["flag"] = None if runs["due_at"] else "calendar_ends"
    op.get_bind().execute(sa.update(_promise).where(_promise.c.id == promise_id).values(runs))


def _due(promise: Any, events: list[Any]) -> datetime | None:
    """When it is due by its limit, its calendar and its events; None where the calendar ends."""
    calendar, limit = _calendar(promise.playbook_version, promise.calendar), promise.limit
    pauses = pauses_from(
        PauseEvent(each.kind, each.at, each.reason)
        for each in events
        if each.kind in {"pause", "resume"}
    )
    longer = [(each.at, each.amount or 0) for each in events if each.kind == "extend"]
    merges = [(e.kind, e.at, e.reason, e.until) for e in events if e.kind in {"merge", "unmerge"}]
    unit = Limit.parse(limit).unit
    moved = {"seconds": promise.budget_s, "by": promise.extended}
    with suppress(CalendarEnds):
        own = due_extended(promise.started_at, Limit.parse(limit), calendar, pauses, **moved)
        return earliest(own, taken_over(merges, longer).values(), unit, calendar, pauses)
    return None


@lru_cache
def _calendar(version: int, name: str) -> Calendar:
    packed = sa.text("SELECT files FROM playbook_version WHERE version = :version")
    files = op.get_bind().scalar(packed, {"version": version})
    return load(unpack(bytes(files))).calendars[name]
