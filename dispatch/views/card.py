"""The card: the one shape in which lists, the board and its changes show an alert."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Row, Select, SQLColumnExpression, and_, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.law.clock_names import RUNNING
from dispatch.domain.numbers import short
from dispatch.domain.time.instants import as_instant
from dispatch.domain.time.pauses import PAUSING, PauseEvent
from dispatch.shapes.card import Card
from dispatch.shapes.promise import CardPromise, Counted
from dispatch.store.conditions import SqlCondition, is_assignment_of_helper, is_running_or_paused
from dispatch.store.sealing import Seal
from dispatch.store.tables import Alert, Assignment, Promise, PromiseEvent, SealedIdentity, Spot
from dispatch.views.card_readers import told_clock, told_to_reporters, without_repeats
from dispatch.views.card_rows import Around, Parts, around, handler_names
from dispatch.views.countdown import Calendars, countdown, no_calendars

NEWEST_FIRST: Final = (Alert.reported_at.desc(), Alert.id)

# Columns, not entities: objects cost five times as much, and a board has thousands of rows.
_READ: Final = (
    Alert.id,
    Alert.number,
    Alert.category,
    Alert.status,
    Alert.lead,
    Alert.street,
    Alert.community,
    Alert.grid,
    Alert.severity,
    Alert.life_safety,
    Alert.whistle,
    Alert.version,
    Alert.handler,
    Alert.card,
    Alert.supervision,
    Alert.source,
    Alert.household,
    Alert.reported_at,
    Alert.urged_at,
    Alert.suspended_until,
    Spot.lon,
    Spot.lat,
    SealedIdentity.box.label("identity"),
)
_COUNTING: Final = (
    Promise.alert_id,
    Promise.id,
    Promise.clock,
    Promise.started_at,
    Promise.due_at,
    Promise.state,
    Promise.limit,
    Promise.flag,
    Promise.budget_s,
    Promise.extended,
    Promise.calendar,
    Promise.playbook_version,
    Promise.unit,
)
_MODE: Final = Assignment.kind.label("mode")  # of the unit that helps and owes it, or NULL
_TURNS: Final = (
    PromiseEvent.kind,
    PromiseEvent.at,
    PromiseEvent.reason,
    PromiseEvent.owner,
    PromiseEvent.until,
)


@dataclass(frozen=True)
class CountdownBasis:
    """The calendars by which promises are counted down, and the moment."""

    calendars: Calendars
    now: datetime


@dataclass(frozen=True)
class _Joined:
    """What belongs to the alerts of a list, by alert; the names by person."""

    around: Around
    promises: Parts
    names: dict[str, str]


def cards(
    session: Session,
    *where: SqlCondition,
    order_by: Sequence[SQLColumnExpression[Any]] = NEWEST_FIRST,
    limit: int | None = None,
    calendars: Calendars = no_calendars,
    now: datetime | None = None,
    for_reporters: bool = False,
    seal: Seal | None = None,
) -> list[Card]:
    """The cards of the alerts that meet every condition on Alert, in three statements.

    `for_reporters`: they read the date that they were told as the one promise to dispose. Staff see
    what each unit owes, and that date beside it where it is another one. `seal`: opens the names of
    handlers; without it they are left out.
    """
    basis = CountdownBasis(calendars, now or clock.now())
    chosen = select(Alert.id).where(*where).order_by(*order_by).limit(limit)
    rows = session.execute(_alerts(chosen).order_by(*order_by)).all()
    shown = told_to_reporters if for_reporters else without_repeats
    found = _promises(session, chosen, basis)
    promises = {alert_id: shown(each) for alert_id, each in found.items()}
    joined = _Joined(around(session, chosen), promises, handler_names(rows, seal))
    return [_card(row, joined) for row in rows]


def _alerts(chosen: Select[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_READ)
        .outerjoin(Spot, Spot.alert_id == Alert.id)
        .outerjoin(SealedIdentity, SealedIdentity.person_id == Alert.handler)
        .where(Alert.id.in_(chosen))
    )


def _promises(session: Session, chosen: Select[str], basis: CountdownBasis) -> Parts:
    """The promises that run or are paused, of the alert and its lead before those of supports, each
    joined with its pause events, in one statement: hardly any promise has such.
    """
    rows = session.execute(
        select(*_COUNTING, _MODE, *_TURNS)
        .outerjoin(Assignment, is_assignment_of_helper())
        .outerjoin(
            PromiseEvent,
            and_(PromiseEvent.promise_id == Promise.id, PromiseEvent.kind.in_(PAUSING)),
        )
        .where(Promise.alert_id.in_(chosen), is_running_or_paused())
        .order_by(Assignment.kind.is_not(None), Promise.due_at, Promise.clock, Promise.id)
        .order_by(PromiseEvent.at, PromiseEvent.kind),
    )
    promises: Parts = defaultdict(list)
    for _, same in groupby(rows, key=lambda row: row.id):
        turns = list(same)
        promises[turns[0].alert_id].append(_promise(turns, basis))
    return promises


def _promise(rows: Sequence[Row[*tuple[Any, ...]]], basis: CountdownBasis) -> CardPromise:
    """One promise, from one row for each of its pause events."""
    row = rows[0]
    events = [PauseEvent(each.kind, each.at, each.reason, each.owner, each.until) for each in rows]
    moved = [each for each in events if each.kind]
    counted = countdown(row, moved, basis.calendars, basis.now)
    return _shown(row, counted, row.mode)


def card_promise_as_if_running(
    promise: Promise, calendars: Calendars, now: datetime
) -> CardPromise:
    """A promise that a merge ended and that will count again, shown as running."""
    columns = {column.key: getattr(promise, column.key) for column in _COUNTING}
    runs = Promise(**{**columns, "state": RUNNING, "flag": None})  # a value that is never written
    shown = _shown(runs, countdown(runs, (), calendars, now), None)
    return {**shown, "clock": told_clock(promise.clock)}


def _shown(row: Any, counted: Counted, mode: str | None) -> CardPromise:
    value, unit = row.limit.split(" ")
    return {
        "clock": row.clock,
        "support": row.unit if mode else None,
        "mode": mode,
        "unit": row.unit,
        "started_at": as_instant(row.started_at),
        "due_at": as_instant(row.due_at),
        "state": row.state,
        "limit": {"value": int(value), "unit": unit},
        "extended": row.extended,
        "flag": row.flag,
        **counted,
    }


def _card(row: Any, joined: _Joined) -> Card:
    """Without a position for a household alert: it is on no map."""
    return {
        "id": row.id,
        "number": row.number,
        "short": short(row.number),
        "category": row.category,
        "status": row.status,
        "lead": row.lead,
        "street": row.street,
        "community": row.community,
        "grid": row.grid,
        "lon": None if row.household else row.lon,
        "lat": None if row.household else row.lat,
        "severity": row.severity,
        "life_safety": row.life_safety,
        "whistle": row.whistle,
        "reported_at": as_instant(row.reported_at),
        "version": row.version,
        "handler": row.handler,
        "handler_name": joined.names.get(row.handler),
        "supports": joined.around.supports.get(row.id, []),
        "card": row.card,
        "supervision": row.supervision,
        "suspended_until": as_instant(row.suspended_until),
        "urged": row.urged_at is not None,
        "asked": joined.around.asked.get(row.id, []),
        "awaited": joined.around.awaited.get(row.id, []),
        "source": row.source,
        "promises": joined.promises.get(row.id, []),
    }
