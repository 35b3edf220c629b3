"""Who hears of a change: those who see the alert now, and those who no longer do."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from dispatch.domain.law.statuses import OPEN
from dispatch.domain.roles import AlertFacts
from dispatch.domain.supports import REQUIRED, Support
from dispatch.domain.visibility import topics_of
from dispatch.store.tables import Alert, Assignment, LogEntry

Rooms = frozenset[str]
AnyRow = Row[*tuple[Any, ...]]
Hearing = Literal["card", "gone"]

_LEAD: Final = "lead"
_PLACE: Final = (Alert.street, Alert.community, Alert.grid)
# The steps that may name a team or a handler, of the lead and of a support.
_GIVING: Final = ("sign", "assign", "support_sign", "support_assign")


@dataclass(frozen=True)
class Trace:
    """The rooms an alert stands in, and all those it ever stood in."""

    is_open: bool
    now: Rooms
    ever: Rooms


def hearing(listener: Rooms, trace: Trace) -> Hearing | None:
    """What somebody listening in these rooms is told; None: that there is an alert is no news.

    Told that it is gone are only people who could see it at some time: the id tells them nothing.
    """
    if trace.is_open and not listener.isdisjoint(trace.now):
        return "card"
    if not listener.isdisjoint(trace.ever):
        return "gone"
    return None


def traces(session: Session, chosen: Select[str]) -> dict[str, Trace]:
    """Where the chosen alerts stand and stood, by id, in three statements.

    Units that once held an alert are read from its assignments; teams and handlers, who may
    change within one, from what the log says was given.
    """
    alerts = session.execute(
        select(Alert.id, Alert.status, Alert.lead, Alert.handler, *_PLACE).where(
            Alert.id.in_(chosen)
        ),
    ).all()
    assignments = _assignments(session, chosen)
    gifts = _gifts(session, chosen)
    return {row.id: _trace(row, assignments[row.id], gifts[row.id]) for row in alerts}


def _assignments(session: Session, chosen: Select[str]) -> dict[str, list[AnyRow]]:
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in session.execute(
        select(
            Assignment.alert_id,
            Assignment.kind,
            Assignment.unit,
            Assignment.team,
            Assignment.handler,
            Assignment.to_at,
        ).where(Assignment.alert_id.in_(chosen)),
    ):
        found[row.alert_id].append(row)
    return found


def _gifts(session: Session, chosen: Select[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(
        select(LogEntry.alert_id, LogEntry.codes).where(
            LogEntry.alert_id.in_(chosen), LogEntry.code.in_(_GIVING)
        ),
    ):
        found[str(row.alert_id)].append(row.codes)
    return found


def _trace(alert: AnyRow, assignments: list[AnyRow], gifts: list[dict[str, Any]]) -> Trace:
    now = topics_of(_facts(alert, assignments))
    leads = {row.unit for row in assignments if row.kind == _LEAD}
    once = (
        *(AlertFacts(lead=unit) for unit in leads),
        *(AlertFacts(supports=(row.unit,)) for row in assignments if row.kind != _LEAD),
        *(AlertFacts(helping=(Support(row.unit),)) for row in assignments if row.kind == REQUIRED),
        *chain.from_iterable(_given(gift, leads) for gift in gifts),
    )
    return Trace(alert.status in OPEN, now, now.union(*map(topics_of, once)))


def _given(gift: dict[str, Any], leads: set[str]) -> Iterator[AlertFacts]:
    """To whom the lead, or the support that the row names, gave the task."""
    team, handler, support = (gift.get(name) for name in ("team", "handler", "support"))
    if support:
        yield AlertFacts(helping=(Support(support, team=team, handler=handler),))
    else:
        yield from (AlertFacts(lead=unit, team=team, handler=handler) for unit in leads)


def _facts(alert: AnyRow, assignments: Iterable[AnyRow]) -> AlertFacts:
    current = [row for row in assignments if row.to_at is None]
    return AlertFacts(
        lead=alert.lead,
        supports=tuple(row.unit for row in current if row.kind != _LEAD),
        street=alert.street,
        community=alert.community,
        grid=alert.grid,
        team=next((row.team for row in current if row.kind == _LEAD), None),
        handler=alert.handler,
        helping=tuple(
            Support(row.unit, team=row.team, handler=row.handler)
            for row in current
            if row.kind == REQUIRED
        ),
    )
