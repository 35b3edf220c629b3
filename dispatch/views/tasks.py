"""A handler's tasks, leading or helping, given to them or to their unit and to no person yet; and
what they may verify.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_
from sqlalchemy.orm import Session

from dispatch.domain.law.statuses import IN_HAND
from dispatch.domain.law.support_steps import AT_WORK
from dispatch.domain.time.instants import as_instant
from dispatch.domain.visibility import Scope
from dispatch.shapes.card import Card
from dispatch.shapes.lists import TaskList
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
    verify: Collection[str] = (),
) -> TaskList:
    """Life-safety first, then by due time. `verify`: the ids of what the person may verify."""
    given = Scope(scope.person_id, given_by=scope.given_by, pools=scope.pools)
    leading = and_(Alert.status.in_(IN_HAND), led_by(given))
    helping = and_(Alert.status.in_(AT_WORK), helped_by(given, *_AT_IT))
    found = cards(session, or_(leading, helping), calendars=calendars, now=now)
    theirs = cards(session, Alert.id.in_(verify), calendars=calendars, now=now) if verify else []
    return {
        "now": as_instant(now),
        "tasks": sorted(found, key=_urgency),
        "verify": sorted(theirs, key=_urgency),
    }


def _urgency(card: Card) -> tuple[bool, str]:
    due = [promise["due_at"] for promise in card["promises"] if promise["due_at"]]
    return (not card["life_safety"], min(due, default=_NEVER))
