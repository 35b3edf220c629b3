"""A list of alerts: filtered, by pages, newest first."""

import base64
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.law.statuses import STATUSES
from dispatch.domain.reading import echo
from dispatch.domain.sight import Scope
from dispatch.errors import Fault, Refused
from dispatch.store.sealing import Seal, alerts_of
from dispatch.store.sight import seen_by
from dispatch.store.tables import Alert, Assignment, Promise
from dispatch.views.card import LIVING, NEWEST_FIRST, cards, without_people
from dispatch.views.countdown import Calendars, as_instant, no_calendars

Condition = ColumnElement[bool]
MOST: Final = 200
_SWITCH: Final = ("1", "0")
_SMALL_NUMBER: Final = re.compile(r"[0-9]{1,3}")
_PAGED: Final = frozenset({"limit", "cursor"})
# SQLite's oldest bound on variables in a statement; people with more own alerts see the newest.
_MOST_OWN: Final = 5000


@dataclass(frozen=True)
class Query:
    """What is asked of the list: conditions, page size, where the page before ended."""

    where: tuple[Condition, ...]
    mine: bool
    limit: int
    after: tuple[datetime, str] | None


def read_query(seal: Seal, given: Mapping[str, str], now: datetime) -> Query:
    """The query of a request; raises Refused unknown_filter, invalid or bad_cursor."""
    where, mine = [], False
    for name, written in given.items():
        if name == "mine":
            mine = _yes(name, written)
        elif name in FILTERS:
            where.append(FILTERS[name](written, now))
        elif name not in _PAGED:
            raise Refused("unknown_filter", name=name[:40], known=", ".join((*FILTERS, "mine")))
    return Query(tuple(where), mine, _limit(given.get("limit")), _after(seal, given.get("cursor")))


def page(
    session: Session,
    seal: Seal,
    scope: Scope,
    query: Query,
    calendars: Calendars = no_calendars,
) -> dict[str, Any]:
    """`{now, alerts: [card], next: cursor | None}`."""
    where = [*query.where, _visible(session, seal, scope, query)]
    if query.after is not None:
        at, alert_id = query.after
        where.append(
            or_(Alert.reported_at < at, and_(Alert.reported_at == at, Alert.id > alert_id)),
        )
    found = cards(
        session, *where, order_by=NEWEST_FIRST, limit=query.limit + 1, calendars=calendars
    )
    if not scope.rooms():
        found = [without_people(card) for card in found]
    alerts = found[: query.limit]
    more = len(found) > query.limit
    return {
        "now": as_instant(clock.now()),
        "alerts": alerts,
        "next": _cursor(seal, alerts[-1]) if more else None,
    }


def _visible(session: Session, seal: Seal, scope: Scope, query: Query) -> Condition:
    """What the scope holds, and the person's own, which no room may tell of."""
    own = alerts_of(session, seal, scope.person_id)[-_MOST_OWN:] if scope.own else []
    mine = Alert.id.in_(own)
    return mine if query.mine else or_(mine, seen_by(scope))


def _limit(written: str | None) -> int:
    if written is None:
        return 50
    if not _SMALL_NUMBER.fullmatch(written) or not 1 <= int(written) <= MOST:
        fault = Fault("limit", "out_of_range", {"least": 1, "most": MOST})
        raise Refused("invalid", faults=(fault,), count=1)
    return int(written)


def _cursor(seal: Seal, card: Mapping[str, Any]) -> str:
    """Where the page ended, signed: nobody builds their own."""
    body = base64.urlsafe_b64encode(json.dumps([card["reported_at"], card["id"]]).encode())
    return f"{body.decode()}.{seal.sign(body.decode())}"


def _after(seal: Seal, written: str | None) -> tuple[datetime, str] | None:
    if written is None:
        return None
    body, _, signature = written.partition(".")
    if not written.isascii() or not hmac.compare_digest(seal.sign(body), signature):
        raise Refused("bad_cursor")
    at, alert_id = json.loads(base64.urlsafe_b64decode(body))
    return datetime.fromisoformat(at).astimezone(UTC), alert_id


def _yes(name: str, written: str) -> bool:
    if written not in _SWITCH:
        raise _unknown(name, written, _SWITCH)
    return written == "1"


def _unknown(name: str, value: str, known: Iterable[str]) -> Refused:
    said = {"value": echo(value), "known": ", ".join(known)}
    return Refused("invalid", faults=(Fault(name, "unknown_value", said),), count=1)


def _among(column: Any) -> Callable[[str, datetime], Condition]:
    def where(written: str, _now: datetime) -> Condition:
        return column.in_(written.split(",")[:100])  # type: ignore[no-any-return]

    return where


def _status(written: str, _now: datetime) -> Condition:
    asked = written.split(",")
    for name in asked:
        if name not in STATUSES:
            raise _unknown("status", name, STATUSES)
    return Alert.status.in_(asked)


def _department(written: str, _now: datetime) -> Condition:
    """Led or supported by one of the units."""
    units = written.split(",")[:100]
    helping = exists(
        select(Assignment.id).where(
            Assignment.alert_id == Alert.id, Assignment.unit.in_(units), Assignment.to_at.is_(None)
        ),
    )
    return or_(Alert.lead.in_(units), helping)


def _overdue(written: str, now: datetime) -> Condition:
    is_decided = Promise.flag.is_distinct_from("pending")
    late = exists(
        select(Promise.id).where(
            Promise.alert_id == Alert.id,
            Promise.state.in_(LIVING),
            Promise.due_at <= now,
            Promise.clock != "rate",  # as the overdue page counts: one number for one instant
            is_decided,
        ),
    )
    return late if _yes("overdue", written) else ~late


def _instant(name: str, written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused("invalid", faults=(Fault(name, "not_a_time"),), count=1)
    return moment


def _since(written: str, _now: datetime) -> Condition:
    return Alert.reported_at >= _instant("from", written)


def _until(written: str, _now: datetime) -> Condition:
    return Alert.reported_at < _instant("to", written)


def _search(written: str, _now: datetime) -> Condition:
    """By number, whole or in part; words lie sealed off from the list."""
    return Alert.number.contains(written[:40].upper(), autoescape=True)


FILTERS: Final[Mapping[str, Callable[[str, datetime], Condition]]] = {
    "status": _status,
    "category": _among(Alert.category),
    "street": _among(Alert.street),
    "community": _among(Alert.community),
    "grid": _among(Alert.grid),
    "department": _department,
    "overdue": _overdue,
    "from": _since,
    "to": _until,
    "q": _search,
}
