"""Which system's history is being replayed now: its rungs belong to the replay alone.

The present would fire them all at once, years late, before the replay comes to their moment.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.store.facts import fact, set_fact
from dispatch.store.tables import Alert, Rung

_FACT: Final = "replaying"
# A killed replay says nothing any more: after this long the present takes over what it left.
_STANDS_FOR: Final = timedelta(minutes=10)


def hold(session: Session, source: str, wall: datetime) -> None:
    """The replay of this source goes on; said with each of its commits."""
    set_fact(session, _FACT, f"{wall.isoformat()} {source}")


def release(session: Session) -> None:
    set_fact(session, _FACT, "")


def held_source(session: Session, wall: datetime) -> str | None:
    """The source that is being replayed, if one is."""
    said_at, _, source = (fact(session, _FACT) or "").partition(" ")
    if not source or abs(wall - datetime.fromisoformat(said_at)) > _STANDS_FOR:
        return None
    return source


def not_replayed(session: Session, wall: datetime) -> tuple[ColumnElement[bool], ...]:
    """The condition on rungs that leaves out those of a replay that goes on."""
    source = held_source(session, wall)
    replayed = select(Alert.id).where(Alert.source == source)
    return (Rung.alert_id.not_in(replayed),) if source else ()
