"""A list of alerts: filtered, in pages, newest first."""

import base64
import hmac
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.law.statuses import STATUSES
from dispatch.domain.numbers import spellings
from dispatch.domain.reading import Faults, echo, read_moment
from dispatch.domain.time.instants import as_instant
from dispatch.domain.visibility import Scope
from dispatch.errors import Fault, Refused
from dispatch.rules.book.district import District
from dispatch.shapes.card import Card
from dispatch.shapes.filters import FILTERS, MOST_ON_A_PAGE, MOST_WORDS, Takes
from dispatch.shapes.lists import AlertList
from dispatch.store.conditions import (
    SqlCondition,
    has_late_promise,
    has_late_promise_of,
    is_present,
)
from dispatch.store.sealing import Seal, alerts_of
from dispatch.store.tables import Alert, Assignment
from dispatch.store.visibility import visible_in
from dispatch.views.card import NEWEST_FIRST, cards
from dispatch.views.card_readers import without_people
from dispatch.views.countdown import Calendars, no_calendars

_SWITCH: Final = ("1", "0")
_SMALL_NUMBER: Final = re.compile(r"[0-9]{1,3}")
# SQLite's smallest limit of variables in a statement; of more own alerts the newest are listed.
_MOST_OWN: Final = 5000


@dataclass(frozen=True)
class ListQuery:
    """The conditions of a list, its page size, and where the page before ended."""

    where: tuple[SqlCondition, ...]
    mine: bool
    limit: int
    after: tuple[datetime, str] | None


def read_query(seal: Seal, given: Mapping[str, str], now: datetime, city: District) -> ListQuery:
    """The query of a request, days as the city has them; raises Refused unknown_filter, invalid or
    bad_cursor.
    """
    known = {each.name: each for each in FILTERS}
    unknown = [name for name in given if name not in known]
    if unknown:
        narrowing = ", ".join(each.name for each in FILTERS if each.narrows)
        raise Refused("unknown_filter", name=unknown[0][:40], known=narrowing)
    values = {
        name: _READ[known[name].takes](name, written, city.timezone)
        for name, written in given.items()
        if name in CONDITIONS
    }
    where = [CONDITIONS[name](value, now) for name, value in values.items() if name not in _LATE]
    where += _who_is_late(values, now, city.id)
    mine = "mine" in given and _switch("mine", given["mine"])
    return ListQuery(
        tuple(where), mine, _limit(given.get("limit")), _after(seal, given.get("cursor"))
    )


def list_page(
    session: Session,
    seal: Seal,
    scope: Scope,
    query: ListQuery,
    calendars: Calendars = no_calendars,
) -> AlertList:
    """The cards of one page, and the cursor of the next."""
    where = [*query.where, _visible(session, seal, scope, query)]
    if query.after is not None:
        at, alert_id = query.after
        where.append(
            or_(Alert.reported_at < at, and_(Alert.reported_at == at, Alert.id > alert_id)),
        )
    is_reporter = not scope.topics()
    found = cards(
        session,
        *where,
        order_by=NEWEST_FIRST,
        limit=query.limit + 1,
        calendars=calendars,
        for_reporters=is_reporter,
        seal=seal,
    )
    if is_reporter:
        found = [without_people(card) for card in found]
    alerts = found[: query.limit]
    more = len(found) > query.limit
    return {
        "now": as_instant(clock.now()),
        "alerts": alerts,
        "next": _cursor(seal, alerts[-1]) if more else None,
    }


def _visible(session: Session, seal: Seal, scope: Scope, query: ListQuery) -> SqlCondition:
    """The alerts of the scope and the person's own ones, which are sealed."""
    own = alerts_of(session, seal, scope.person_id)[-_MOST_OWN:] if scope.own else []
    mine = Alert.id.in_(own)
    return mine if query.mine else or_(mine, visible_in(scope))


def _limit(written: str | None) -> int:
    if written is None:
        return 50
    if not _SMALL_NUMBER.fullmatch(written) or not 1 <= int(written) <= MOST_ON_A_PAGE:
        fault = Fault("limit", "out_of_range", {"least": 1, "most": MOST_ON_A_PAGE})
        raise Refused("invalid", faults=(fault,), count=1)
    return int(written)


def _cursor(seal: Seal, card: Card) -> str:
    """Where the page ended, signed so that nobody can forge one."""
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


def _statuses(name: str, written: str, zone: str) -> list[str]:
    asked = _words(name, written, zone)
    for each in asked:
        if each not in STATUSES:
            raise _unknown(name, each, STATUSES)
    return asked


def _words(name: str, written: str, _zone: str) -> list[str]:
    words = written.split(",")
    if len(words) > MOST_WORDS:
        fault = Fault(name, "too_many", {"most": MOST_WORDS})
        raise Refused("invalid", faults=(fault,), count=1)
    return words


def _switch(name: str, written: str, _zone: str = "") -> bool:
    if written not in _SWITCH:
        raise _unknown(name, written, _SWITCH)
    return written == "1"


def _moment(name: str, written: str, zone: str) -> datetime | None:
    faults = Faults()
    moment = read_moment(name, written, ZoneInfo(zone), faults, ends=name == "to")
    faults.refuse()
    return moment


def _part(_name: str, written: str, _zone: str) -> str:
    return written[:40].upper()


def _unknown(name: str, value: str, known: Iterable[str]) -> Refused:
    said = {"value": echo(value), "known": ", ".join(known)}
    return Refused("invalid", faults=(Fault(name, "unknown_value", said),), count=1)


# Readers of the filters' values by type; page size and cursor are read by themselves.
_READ: Final[Mapping[Takes, Callable[[str, str, str], Any]]] = {
    "statuses": _statuses,
    "words": _words,
    "switch": _switch,
    "instant": _moment,
    "part": _part,
}


def _among(column: Any) -> Callable[[list[str], datetime], SqlCondition]:
    return lambda words, _now: column.in_(words)


def _department(units: list[str], _now: datetime) -> SqlCondition:
    """Led or supported by one of the units."""
    helping = exists(
        select(Assignment.id).where(
            Assignment.alert_id == Alert.id, Assignment.unit.in_(units), is_present()
        ),
    )
    return or_(Alert.lead.in_(units), helping)


def _who_is_late(values: Mapping[str, Any], now: datetime, district: str) -> list[SqlCondition]:
    """Of a department alone: what it takes part in. With `overdue`: what it is late with itself,
    as the reports count it, or what it takes part in and is not late with.
    """
    units, wanted = (values.get(name) for name in _LATE)
    if units is None or wanted is None:
        return [CONDITIONS[name](values[name], now) for name in _LATE if name in values]
    owes = has_late_promise_of(units, now, district)
    return [owes] if wanted else [_department(units, now), ~owes]


_LATE: Final = ("department", "overdue")  # together they mean another thing than each alone
# The condition of each filter. `q` finds alert numbers, whole or in part; words are not searched.
CONDITIONS: Final[Mapping[str, Callable[[Any, datetime], SqlCondition]]] = {
    "status": _among(Alert.status),
    "category": _among(Alert.category),
    "street": _among(Alert.street),
    "community": _among(Alert.community),
    "grid": _among(Alert.grid),
    "department": _department,
    "overdue": lambda wanted, now: has_late_promise(now) if wanted else ~has_late_promise(now),
    "from": lambda moment, _now: Alert.reported_at >= moment,
    "to": lambda moment, _now: Alert.reported_at < moment,
    "q": lambda part, _now: or_(
        *(Alert.number.contains(each, autoescape=True) for each in spellings(part))
    ),
}
