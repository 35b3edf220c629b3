"""The law's terms as SQL conditions: open, late, running, paused, leads, helps, holds a role.

`tests/store/test_conditions.py` compares each with what pure code says of the same rows, over rows
of every kind: `dispatch/domain/law/`, `Support`, and `dispatch/store/alerts.py` for who leads and
who helps.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, case, exists, func, or_
from sqlalchemy.orm import aliased

from dispatch.domain.law.clock_names import (
    AWAITS_DECISION,
    OVERALL,
    PAUSED,
    RUNNING,
    RUNNING_OR_PAUSED,
    TO_RATE,
)
from dispatch.domain.law.statuses import OPEN, SUBMITTED
from dispatch.domain.supports import LEAD, REQUIRED
from dispatch.store.tables import Alert, Assignment, Promise, RoleGrant

SqlCondition = ColumnElement[bool]


def is_open() -> SqlCondition:
    """On Alert: it is not over."""
    return Alert.status.in_(OPEN)


def is_running() -> SqlCondition:
    """On Promise: its clock runs."""
    return Promise.state == RUNNING


def is_paused() -> SqlCondition:
    """On Promise: its clock is paused."""
    return Promise.state == PAUSED


def is_running_or_paused() -> SqlCondition:
    """On Promise: it is not over."""
    return Promise.state.in_(RUNNING_OR_PAUSED)


def is_decided() -> SqlCondition:
    """On Promise: no request to move it, asked for in time, is undecided."""
    return Promise.flag.is_distinct_from(AWAITS_DECISION)


def is_late(at: datetime) -> SqlCondition:
    """On Promise: it is late at an instant; the counterpart of `domain.law.late.late`.

    A paused promise that still has a due time was late before it was paused. Nobody is late to
    rate.
    """
    counted_then = or_(
        Promise.stopped_at.is_(None) & is_running_or_paused(), Promise.stopped_at > at
    )
    return (Promise.due_at <= at) & (Promise.clock != TO_RATE) & is_decided() & counted_then


def has_late_promise(at: datetime) -> SqlCondition:
    """On Alert: one of its promises is late at an instant."""
    return exists().where(Promise.alert_id == Alert.id, is_late(at))


def holds_role(at: datetime | BindParameter[datetime]) -> SqlCondition:
    """On RoleGrant: the role is held at a moment of wall time."""
    return (RoleGrant.from_at <= at) & has_not_ended(at)


def has_not_ended(at: datetime | BindParameter[datetime]) -> SqlCondition:
    """On RoleGrant: the role is held at a moment of wall time, or from a later one on."""
    return RoleGrant.to_at.is_(None) | (RoleGrant.to_at > at)


def is_present() -> SqlCondition:
    """On Assignment: the unit has it now."""
    return Assignment.to_at.is_(None)


def has_late_promise_of(units: Collection[str], at: datetime, district: str) -> SqlCondition:
    """On Alert: one of these units is late with a promise that it owes, as the reports of
    departments count it: nobody owes the date that the reporter was told.
    """
    owes = unit_that_owes(district).in_(units) & (Promise.clock != OVERALL)
    return exists().where(Promise.alert_id == Alert.id, is_late(at), owes)


def leads() -> SqlCondition:
    """On Assignment: the unit leads now."""
    return (Assignment.kind == LEAD) & is_present()


def helps() -> SqlCondition:
    """On Assignment: the unit helps now, or is told."""
    return (Assignment.kind != LEAD) & is_present()


def unit_that_owes(district: str) -> SQLColumnExpression[str]:
    """On Alert and Promise: the unit that answers for the promise; the counterpart of
    `domain.law.clock_owner.owing_unit`.
    """
    of_its_own = func.coalesce(Promise.unit, district)
    of_the_city = func.coalesce(Alert.lead, Alert.street, district)
    return case((Promise.clock == OVERALL, of_the_city), else_=of_its_own)


def lead_has_confirmed() -> SqlCondition:
    """On Alert: its lead has confirmed its part and waits; the counterpart of
    `domain.law.statuses.has_confirmed`.
    """
    lead = aliased(Assignment)
    return (Alert.status == SUBMITTED) & exists().where(
        lead.alert_id == Alert.id,
        lead.kind == LEAD,
        lead.to_at.is_(None),
        lead.confirmed_at.is_not(None),
    )


def is_awaited() -> SqlCondition:
    """On Assignment: a lead that has confirmed waits for the unit; the counterpart of
    `Support.is_waited_for` there.
    """
    return (
        (Assignment.kind == REQUIRED)
        & is_present()
        & Assignment.finished_at.is_(None)
        & exists().where(Alert.id == Assignment.alert_id, lead_has_confirmed())
    )


def owed_by_helper() -> SqlCondition:
    """On Promise: a unit that helps owes it, not the lead and not the alert itself."""
    return exists().where(Assignment.id == Promise.assignment_id, Assignment.kind != LEAD)


def is_assignment_of_helper() -> SqlCondition:
    """Joins to a Promise the assignment of the unit that helps and owes it; none for others."""
    return (Assignment.id == Promise.assignment_id) & (Assignment.kind != LEAD)
