"""Who would be affected if units vanished: people with a role there, open alerts."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.conditions import has_not_ended, is_open, is_present
from dispatch.store.tables import Alert, Assignment, Person, RoleGrant


def people_at(session: Session, units: Collection[str], at: datetime) -> Counter[str]:
    """By unit, how many people who are not disabled hold a role there now or later."""
    held = (
        select(RoleGrant.unit, RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.unit.in_(units), Person.disabled_at.is_(None))
        .where(has_not_ended(at))
        .distinct()
    )
    return Counter(row.unit for row in session.execute(held))


def open_alerts_at(session: Session, units: Collection[str]) -> dict[str, list[str]]:
    """By unit, the numbers of the open alerts that it leads, helps with, or is the place of."""
    found: set[tuple[str, str]] = set()
    still_open = is_open()
    for column in (Alert.lead, Alert.street, Alert.community, Alert.grid):
        rows = select(column, Alert.number).where(still_open, column.in_(units))
        found |= {(str(unit), number) for unit, number in session.execute(rows)}
    for column in (Assignment.unit, Assignment.team):
        held = select(column, Alert.number).join(Alert, Alert.id == Assignment.alert_id)
        rows = held.where(still_open, is_present(), column.in_(units))
        found |= {(str(unit), number) for unit, number in session.execute(rows)}
    by_unit: dict[str, list[str]] = {unit: [] for unit in units}
    for unit, number in sorted(found):
        by_unit[unit].append(number)
    return by_unit


def open_alerts_of_other_kinds(session: Session, kinds: Collection[str]) -> dict[str, list[str]]:
    """By category, the numbers of the open alerts whose category is none of these."""
    rows = select(Alert.category, Alert.number).where(is_open(), Alert.category.not_in(kinds))
    by_kind: dict[str, list[str]] = {}
    for kind, number in session.execute(rows.order_by(Alert.category, Alert.number)):
        by_kind.setdefault(kind, []).append(number)
    return by_kind
