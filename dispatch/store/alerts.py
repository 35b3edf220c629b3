"""Finding alerts, and what of them decides who may see and act."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import AlertFacts
from dispatch.domain.supports import Support
from dispatch.errors import Refused
from dispatch.store.conditions import leads
from dispatch.store.tables import Alert, Assignment, Spot


def alert_by_id(session: Session, id_or_number: str) -> Alert:
    """The alert of a UUID or a number; raises Refused not_found."""
    alert = find_alert(session, id_or_number)
    if alert is None:
        raise Refused("not_found")
    return alert


def find_alert(session: Session, id_or_number: str) -> Alert | None:
    """The alert of a UUID or a number, or none."""
    return session.scalar(
        select(Alert).where(or_(Alert.id == id_or_number, Alert.number == id_or_number)),
    )


def locked_alert(session: Session, alert_id: str, second: str | None = None) -> Alert:
    """The alert, held until the deed is done (PostgreSQL; SQLite has one writer anyway).

    `second`: another one that the deed moves as well. Everybody takes two in the same order, so
    that two deeds that cross each other wait, and never for each other.
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


def columns_of(alert: Alert) -> dict[str, Any]:
    """The alert's row as values."""
    return {each.key: getattr(alert, each.key) for each in Alert.__mapper__.column_attrs}


def current_assignments(session: Session, alert_id: str) -> list[Assignment]:
    """Every assignment that the alert ever had, oldest first."""
    return list(
        session.scalars(
            select(Assignment)
            .where(Assignment.alert_id == alert_id)
            .order_by(Assignment.from_at, Assignment.id),
        ),
    )


def current_lead(session: Session, alert_id: str) -> str | None:
    """The id of the assignment of the unit that leads now."""
    return session.scalar(select(Assignment.id).where(Assignment.alert_id == alert_id, leads()))


def lead_assignment(assignments: Iterable[Assignment]) -> Assignment | None:
    """The assignment of the unit that leads now."""
    return next((each for each in assignments if each.kind == "lead" and not each.to_at), None)


def contacted(session: Session, alert: Alert) -> bool:
    """Whether the unit that leads now has spoken to the reporter."""
    found = select(Assignment.id).where(
        Assignment.alert_id == alert.id,
        leads(),
        Assignment.contacted_at.is_not(None),
    )
    return session.scalar(found.limit(1)) is not None


def supports_of(assignments: Iterable[Assignment]) -> tuple[Support, ...]:
    """The units that help the lead now, those who have to come and those who are told."""
    return tuple(
        Support(
            unit=each.unit,
            mode=each.kind,
            id=each.id,
            team=each.team,
            handler=each.handler,
            called_at=each.from_at,
            signed_at=each.signed_at,
            arrived_at=each.arrived_at,
            finished_at=each.finished_at,
        )
        for each in assignments
        if each.kind != "lead" and not each.to_at
    )


def facts_for(alert: Alert, assignments: Iterable[Assignment], *, is_reporter: bool) -> AlertFacts:
    """How the alert looks to the authorisation."""
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
    """Where the alert is; None where only its grid is known or retention erased it."""
    return session.get(Spot, alert_id)
