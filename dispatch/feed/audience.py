"""Which consoles learn of a change: those that see the alert now, and those that saw it before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Literal

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from dispatch.domain.law.statuses import OPEN
from dispatch.domain.law.steps import HAND_STEPS
from dispatch.domain.roles import AlertFacts
from dispatch.domain.supports import COMING, LEAD, Support
from dispatch.domain.visibility import topics_of
from dispatch.store.tables import Alert, Assignment, LogEntry

Topics = frozenset[str]
AnyRow = Row[*tuple[Any, ...]]
ChangeKind = Literal["card", "gone"]

_PLACE: Final = (Alert.street, Alert.community, Alert.grid)
# The steps that may move an alert to another place.
_MOVING_STEPS: Final = ("accept", "correct")


@dataclass(frozen=True)
class AlertVisibility:
    """The topics of an alert now, and all topics that it ever had."""

    is_open: bool
    now: Topics
    ever: Topics


def change_kind(listener: Topics, visibility: AlertVisibility) -> ChangeKind | None:
    """What a listener to these topics is sent: the card, a note that the alert is gone, or nothing
    (None): this listener must not learn that the alert exists.

    `gone` is sent only to listeners who could see the alert at some time, so its id tells them
    nothing new.
    """
    if visibility.is_open and not listener.isdisjoint(visibility.now):
        return "card"
    if not listener.isdisjoint(visibility.ever):
        return "gone"
    return None


def read_visibilities(session: Session, chosen: Select[str]) -> dict[str, AlertVisibility]:
    """The visibility of the chosen alerts by id, in three statements.

    Units that once held an alert are read from its assignments; teams and handlers, who may change
    within one assignment, from what the log says was assigned.
    """
    alerts = session.execute(
        select(Alert.id, Alert.status, Alert.lead, Alert.handler, *_PLACE).where(
            Alert.id.in_(chosen)
        ),
    ).all()
    assignments = _assignments(session, chosen)
    tasks = _given_tasks(session, chosen)
    return {row.id: _visibility(row, assignments[row.id], tasks[row.id]) for row in alerts}


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


def _given_tasks(session: Session, chosen: Select[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.execute(
        select(LogEntry.alert_id, LogEntry.codes).where(
            LogEntry.alert_id.in_(chosen), LogEntry.code.in_((*HAND_STEPS, *_MOVING_STEPS))
        ),
    ):
        found[str(row.alert_id)].append(row.codes)
    return found


def _visibility(
    alert: AnyRow, assignments: list[AnyRow], tasks: list[dict[str, Any]]
) -> AlertVisibility:
    now = topics_of(_facts(alert, assignments))
    leads = {row.unit for row in assignments if row.kind == LEAD}
    once = (
        *(AlertFacts(lead=unit) for unit in leads),
        *(AlertFacts(supports=(row.unit,)) for row in assignments if row.kind != LEAD),
        *(AlertFacts(helping=(Support(row.unit),)) for row in assignments if row.kind in COMING),
        *chain.from_iterable(_given(task, leads) for task in tasks),
    )
    return AlertVisibility(alert.status in OPEN, now, now.union(*map(topics_of, once)))


def _given(task: dict[str, Any], leads: set[str]) -> Iterator[AlertFacts]:
    """The facts of the alert as it was when the lead, or the support named in the row, assigned it,
    or before somebody corrected its place.
    """
    if before := task.get("place_before"):
        street, community, grid = before
        yield AlertFacts(street=street, community=community, grid=grid)
    team, handler, support = (task.get(name) for name in ("team", "handler", "support"))
    if support:
        yield AlertFacts(helping=(Support(support, team=team, handler=handler),))
    else:
        yield from (AlertFacts(lead=unit, team=team, handler=handler) for unit in leads)


def _facts(alert: AnyRow, assignments: Iterable[AnyRow]) -> AlertFacts:
    current = [row for row in assignments if row.to_at is None]
    return AlertFacts(
        lead=alert.lead,
        supports=tuple(row.unit for row in current if row.kind != LEAD),
        street=alert.street,
        community=alert.community,
        grid=alert.grid,
        team=next((row.team for row in current if row.kind == LEAD), None),
        handler=alert.handler,
        helping=tuple(
            Support(row.unit, team=row.team, handler=row.handler)
            for row in current
            if row.kind in COMING
        ),
    )
