"""Finds alerts and their assignments, and the facts that decide who may see and act."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from dispatch.domain.numbers import as_meant, short_spellings
from dispatch.domain.roles import AlertFacts
from dispatch.domain.supports import BY_RULES, FIRST, LEAD, Support
from dispatch.errors import Refused
from dispatch.store.conditions import leads
from dispatch.store.tables import Alert, Assignment, Spot

# Built once: building a statement takes longer than its answer.
_BY_NAME: Final = select(Alert).where(
    or_(Alert.id == bindparam("id"), Alert.number == bindparam("number"))
)
_ASSIGNMENTS: Final = (
    select(Assignment)
    .where(Assignment.alert_id == bindparam("alert"))
    .order_by(Assignment.from_at, Assignment.id)
)


def alert_by_id(session: Session, id_or_number: str) -> Alert:
    """The alert with this UUID or number; raises Refused not_found."""
    alert = find_alert(session, id_or_number)
    if alert is None:
        raise Refused("not_found")
    return alert


def find_alert(session: Session, id_or_number: str) -> Alert | None:
    """The alert with this UUID or number, or None. As people say it (1128-00010-G) a number is that
    of the newest alert with it: it names no year.
    """
    found = session.scalar(_BY_NAME, {"id": id_or_number, "number": as_meant(id_or_number)})
    if found is not None or not (endings := short_spellings(id_or_number)):
        return found
    said = or_(*(Alert.number.endswith(each, autoescape=True) for each in endings))
    return session.scalar(select(Alert).where(said).order_by(Alert.reported_at.desc()).limit(1))


def locked_alert(session: Session, alert_id: str, second: str | None = None) -> Alert:
    """The alert with its row locked until the transaction ends (on PostgreSQL; SQLite has one
    writer anyway). Raises Refused not_found.

    `second`: another alert that the step changes as well. Two are always locked in the order of
    their ids, so that steps that cross each other never deadlock.
    """
    both = [alert_id] if second is None else [alert_id, second]
    rows = session.scalars(
        select(Alert)
        .where(Alert.id.in_(both))
        .order_by(Alert.id)
        .with_for_update()
        .execution_options(populate_existing=True),
    )
    alert = next((each for each in rows.all() if each.id == alert_id), None)
    if alert is None:
        raise Refused("not_found")
    return alert


def alert_columns(alert: Alert) -> dict[str, Any]:
    """The alert's columns as a dict."""
    return {each.key: getattr(alert, each.key) for each in Alert.__mapper__.column_attrs}


def assignments_of(session: Session, alert_id: str) -> list[Assignment]:
    """Every assignment that the alert ever had, oldest first."""
    return list(session.scalars(_ASSIGNMENTS, {"alert": alert_id}))


def lead_assignment_id(session: Session, alert_id: str) -> str | None:
    """The id of the assignment of the unit that leads now, or None."""
    return session.scalar(select(Assignment.id).where(Assignment.alert_id == alert_id, leads()))


def lead_assignment(assignments: Iterable[Assignment]) -> Assignment | None:
    """The assignment of the unit that leads now, or None."""
    return next((each for each in assignments if each.kind == LEAD and not each.to_at), None)


def is_contacted(session: Session, alert: Alert) -> bool:
    """Whether the unit that leads now has spoken to the reporter."""
    found = select(Assignment.id).where(
        Assignment.alert_id == alert.id,
        leads(),
        Assignment.contacted_at.is_not(None),
    )
    return session.scalar(found.limit(1)) is not None


def supports_of(assignments: Iterable[Assignment]) -> tuple[Support, ...]:
    """The units that help now, those that have to come and those that are told."""
    return tuple(_support(each) for each in assignments if each.kind != LEAD and not each.to_at)


def first_released(assignments: Iterable[Assignment]) -> tuple[Support, ...]:
    """The first responses that were called once and are no more."""
    return tuple(_support(each) for each in assignments if each.kind == FIRST and each.to_at)


def _support(row: Assignment) -> Support:
    return Support(
        unit=row.unit,
        mode=row.kind,
        id=row.id,
        caller=row.caller or BY_RULES,
        team=row.team,
        handler=row.handler,
        called_at=row.from_at,
        signed_at=row.signed_at,
        arrived_at=row.arrived_at,
        finished_at=row.finished_at,
    )


def alert_facts(
    alert: Alert, assignments: Iterable[Assignment], *, is_reporter: bool
) -> AlertFacts:
    """The facts that decide who may see the alert and act on it."""
    every = list(assignments)
    lead, supports = lead_assignment(every), supports_of(every)
    return AlertFacts(
        lead=alert.lead,
        supports=tuple(each.unit for each in supports),
        helping=tuple(each for each in supports if each.is_required),
        street=alert.street,
        community=alert.community,
        grid=alert.grid,
        team=lead.team if lead else None,
        handler=alert.handler,
        handled_by=frozenset(each.handler for each in every if each.handler),
        worked=frozenset(each.unit for each in every if each.arrived_at or each.finished_at),
        is_reporter=is_reporter,
    )


def pin(session: Session, alert_id: str) -> Spot | None:
    """The alert's position; None where only its grid is known or retention erased it."""
    return session.get(Spot, alert_id)
