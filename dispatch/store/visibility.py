"""The alerts that a scope sees, as SQL conditions."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from dispatch.domain.supports import COMING
from dispatch.domain.visibility import Scope
from dispatch.store.conditions import helps, is_present, leads
from dispatch.store.tables import Alert, Assignment


def visible_in(scope: Scope) -> ColumnElement[bool]:
    """On Alert: the scope sees it, as by `Scope.holds` but without the person's own reports, which
    are sealed apart.
    """
    if scope.everything:
        return true()
    return or_(false(), *_grounds(scope))


def _grounds(scope: Scope) -> Iterator[ColumnElement[bool]]:
    """Only the conditions that can hold, so that the database need not plan for the others."""
    if scope.streets:
        yield Alert.street.in_(scope.streets)
    if scope.communities:
        yield Alert.community.in_(scope.communities)
    if scope.grids:
        yield Alert.grid.in_(scope.grids)
    if scope.units:
        yield or_(Alert.lead.in_(scope.units), _supported_by(scope.units))
    yield from _tasks_of_the_lead(scope)
    if scope.given_by or scope.pools:
        yield helped_by(scope)


def led_by(scope: Scope) -> ColumnElement[bool]:
    """On Alert: the lead's task was given to the person, or is theirs to take."""
    return or_(false(), *_tasks_of_the_lead(scope))


def _tasks_of_the_lead(scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.given_by:
        yield and_(Alert.handler == scope.person_id, Alert.lead.in_(scope.given_by))
    if scope.pools:
        yield and_(
            Alert.handler.is_(None),
            Alert.lead.is_not(None),
            func.coalesce(_team(), Alert.lead).in_(scope.pools),
        )


def helped_by(scope: Scope, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same for the task of a unit that has to come and help; `conditions` on Assignment."""
    team = func.coalesce(Assignment.team, Assignment.unit)
    given = and_(Assignment.handler == scope.person_id, Assignment.unit.in_(scope.given_by))
    theirs = or_(given, and_(Assignment.handler.is_(None), team.in_(scope.pools)))
    return exists().where(
        Assignment.alert_id == Alert.id,
        Assignment.kind.in_(COMING),
        is_present(),
        theirs,
        *conditions,
    )


def _supported_by(units: frozenset[str]) -> ColumnElement[bool]:
    return exists().where(
        Assignment.alert_id == Alert.id,
        helps(),
        Assignment.unit.in_(units),
    )


def _team() -> ColumnElement[str | None]:
    return (
        select(Assignment.team)
        .where(
            Assignment.alert_id == Alert.id,
            leads(),
        )
        .limit(1)
        .scalar_subquery()
    )
