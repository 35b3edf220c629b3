"""What a person has to do: tasks of their own and of their unit, and what they may verify.

Of a desk, the first responses that it has to sign for.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from dispatch.domain.law.relations import relations
from dispatch.domain.law.statuses import IN_HAND
from dispatch.domain.law.steps import STEPS
from dispatch.domain.law.support_steps import SUPPORTS_ACT_IN
from dispatch.domain.roles import Access, AlertFacts, Organisation
from dispatch.domain.supports import FIRST, Support
from dispatch.domain.time.instants import as_instant
from dispatch.domain.visibility import Scope
from dispatch.shapes.card import Card
from dispatch.shapes.lists import TaskList
from dispatch.store.conditions import is_present
from dispatch.store.tables import Alert, Assignment
from dispatch.store.visibility import helped_by, led_by
from dispatch.views.card import cards
from dispatch.views.countdown import Calendars, no_calendars

_AT_IT: Final = (Assignment.signed_at.is_not(None), Assignment.finished_at.is_(None))
# After every due time: tasks without one come last.
_NEVER: Final = "9999"


def task_list(
    session: Session,
    scope: Scope,
    now: datetime,
    calendars: Calendars = no_calendars,
    *,
    to_sign: Collection[str] = (),
    verify: Collection[str] = (),
) -> TaskList:
    """Life-safety first, then by due time. `to_sign` and `verify`: the ids of the first responses
    that the person has to sign for, and of what they may verify.
    """
    given = Scope(scope.person_id, given_by=scope.given_by, pools=scope.pools)
    leading = and_(Alert.status.in_(IN_HAND), led_by(given))
    helping = and_(Alert.status.in_(SUPPORTS_ACT_IN), helped_by(given, *_AT_IT))
    found = cards(
        session, or_(leading, helping, Alert.id.in_(to_sign)), calendars=calendars, now=now
    )
    theirs = cards(session, Alert.id.in_(verify), calendars=calendars, now=now) if verify else []
    return {
        "now": as_instant(now),
        "tasks": sorted(found, key=_urgency),
        "verify": sorted(theirs, key=_urgency),
    }


def first_responses_to_sign(
    session: Session, access: Access, organisation: Organisation
) -> list[str]:
    """The ids of the alerts to which a unit has to come first, and for which the person's desk has
    to sign: minutes count, and who sits at that desk may be under way.
    """
    waiting = (Assignment.kind == FIRST, is_present(), Assignment.signed_at.is_(None))
    rows = session.execute(
        select(Assignment.alert_id, Assignment.unit)
        .join(Alert, Alert.id == Assignment.alert_id)
        .where(Alert.status.in_(SUPPORTS_ACT_IN), *waiting)
    )
    return [alert_id for alert_id, unit in rows if _may_sign(access, organisation, unit)]


def _may_sign(access: Access, organisation: Organisation, unit: str) -> bool:
    """By the law's own word for whoever signs for a unit that helps."""
    called = AlertFacts(helping=(Support(unit, FIRST),))
    return not relations(access, called, organisation).keys().isdisjoint(STEPS["support_sign"].who)


def _urgency(card: Card) -> tuple[bool, str]:
    due = [promise["due_at"] for promise in card["promises"] if promise["due_at"]]
    return (not card["life_safety"], min(due, default=_NEVER))
