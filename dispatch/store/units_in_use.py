"""Who would be affected if units vanished: people with a role there, open alerts."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.conditions import is_open
from dispatch.store.tables import Alert, Assignment, Person, RoleGrant


def people_at(session: Session, units: Collection[str], at: datetime) -> Counter[str]:
    """By unit, how many people who are not disabled hold a role there now or later."""
    held = (
        select(RoleGrant.unit, RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.unit.in_(units), Person.disabled_at.is_(None))
        .where(RoleGrant.to_at.is_(None) | (RoleGrant.to_at > at))
        .distinct()
    )
    return Counter(row.unit for row in session.execute(held))


def open_alerts_at(session: Session, units: Collection[str]) -> Counter[str]:
    """By unit, how many open alerts it leads, helps with, or is the place of."""
    found: set[tuple[str, str]] = set()
    still_open = is_open()
    for column in (Alert.lead, Alert.street, Alert.community, Alert.grid):
        rows = select(column, Alert.id).where(still_open, column.in_(units))
        found |= {(str(unit), alert) for unit, alert in session.execute(rows)}
    for column in (Assignment.unit, Assignment.team):
        held = select(column, Alert.id).join(Alert, Alert.id == Assignment.alert_id)
        rows = held.where(still_open, Assignment.to_at.is_(None), column.in_(units))
        found |= {(str(unit), alert) for unit, alert in session.execute(rows)}
    return Counter(unit for unit, _alert in found)
