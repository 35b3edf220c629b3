"""What a handler has to do: given to them, or to their unit and to nobody yet."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.domain.sight import Scope
from dispatch.live.card import Card, cards
from dispatch.live.countdown import Calendars, as_instant, no_calendars
from dispatch.store.sight import seen_by
from dispatch.store.tables import Alert

IN_HAND: Final = ("signed", "on_site")
# Far behind every due time: a task without one comes last among its like.
_NEVER: Final = "9999"


def tasks(
    session: Session, scope: Scope, now: datetime, calendars: Calendars = no_calendars
) -> dict[str, Any]:
    """`{now, tasks: [card]}`: emergencies first, then by the time that is left."""
    given = Scope(scope.person_id, given_by=scope.given_by, pools=scope.pools)
    found = cards(session, Alert.status.in_(IN_HAND), seen_by(given), calendars=calendars)
    return {"now": as_instant(now), "tasks": sorted(found, key=_urgency)}


def _urgency(card: Card) -> tuple[bool, str]:
    due = [promise["due_at"] for promise in card["promises"] if promise["due_at"]]
    return (not card["life_safety"], min(due, default=_NEVER))
