"""Who holds which role at which unit now."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.store.conditions import holds_role
from dispatch.store.tables import Person, RoleGrant


def holds_role_within(
    session: Session, person_id: str, roles: Iterable[str], units: Iterable[str]
) -> bool:
    """Whether a person who is not disabled holds one of the roles at one of the units."""
    found = session.scalar(
        select(RoleGrant.id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.person_id == person_id, *_held(roles, units))
        .limit(1),
    )
    return found is not None


def people_in_role(
    session: Session, roles: Iterable[str], units: Iterable[str]
) -> list[tuple[str, str]]:
    """`(person id, unit)` of those who hold one of the roles at one of the units."""
    rows = session.execute(
        select(RoleGrant.person_id, RoleGrant.unit)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(*_held(roles, units))
        .order_by(RoleGrant.unit, RoleGrant.id),
    )
    return [(person, unit) for person, unit in rows]


def is_alone_in_role(
    session: Session, person_id: str, roles: Iterable[str], units: Iterable[str]
) -> bool:
    """Whether the person, and nobody else, holds one of the roles at one of the units."""
    return {person for person, _ in people_in_role(session, roles, units)} == {person_id}


def units_with_people(session: Session, roles: Iterable[str]) -> frozenset[str]:
    """The units at which somebody who is not disabled holds one of the roles."""
    rows = session.connection().scalars(  # a read must not flush pending rows
        select(RoleGrant.unit)
        .distinct()
        .join(Person, Person.id == RoleGrant.person_id)
        .where(*_in_role(roles)),
    )
    return frozenset(rows)


def _held(roles: Iterable[str], units: Iterable[str]) -> list[ColumnElement[bool]]:
    return [RoleGrant.unit.in_(list(units)), *_in_role(roles)]


def _in_role(roles: Iterable[str]) -> list[ColumnElement[bool]]:
    at = clock.wall()  # appointments follow wall time, not the city's clock
    return [
        RoleGrant.role.in_(list(roles)),
        holds_role(at),
        Person.disabled_at.is_(None),
    ]
