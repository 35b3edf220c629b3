"""The alerts of a scope, as a condition that the database can use."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from dispatch.domain.sight import Scope
from dispatch.store.tables import Alert, Assignment


def seen_by(scope: Scope) -> ColumnElement[bool]:
    """A condition on Alert, the same as Scope.holds; one's own reports are sealed apart."""
    if scope.everything:
        return true()
    return or_(false(), *_grounds(scope))


def _grounds(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """Only the grounds that there are: the database need not think about the others."""
    if scope.streets:
        yield Alert.street.in_(scope.streets)
    if scope.communities:
        yield Alert.community.in_(scope.communities)
    if scope.grids:
        yield Alert.grid.in_(scope.grids)
    if scope.units:
        yield or_(Alert.lead.in_(scope.units), _supported_by(scope.units))
    if scope.given_by:
        yield and_(Alert.handler == scope.person_id, Alert.lead.in_(scope.given_by))
    if scope.pools:
        yield and_(
            Alert.handler.is_(None),
            Alert.lead.is_not(None),
            func.coalesce(_team(), Alert.lead).in_(scope.pools),
        )


def _supported_by(units: frozenset[str]) -> ColumnElement[bool]:
    return exists().where(
        Assignment.alert_id == Alert.id,
        Assignment.kind != "lead",
        Assignment.to_at.is_(None),
        Assignment.unit.in_(units),
    )


def _team() -> ColumnElement[str | None]:
    return (
        select(Assignment.team)
        .where(
            Assignment.alert_id == Alert.id,
            Assignment.kind == "lead",
            Assignment.to_at.is_(None),
        )
        .limit(1)
        .scalar_subquery()
    )
