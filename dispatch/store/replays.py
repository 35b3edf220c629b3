"""Marks which system's history is being replayed, so that only the replay fires its rungs.

A sweep would fire them all at once, years late, before the replay reaches their moment.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dispatch.store.installation_facts import fact, set_fact
from dispatch.store.tables import Alert, Rung

_FACT: Final = "replaying"
# A replay that was killed records nothing any more: after this time its rungs are swept.
_STANDS_FOR: Final = timedelta(minutes=10)


def note_replay(session: Session, source: str, wall: datetime) -> None:
    """Records that the replay of this source goes on; called with each of its commits."""
    set_fact(session, _FACT, f"{wall.isoformat()} {source}")


def end_replay(session: Session) -> None:
    """Records that no replay goes on."""
    set_fact(session, _FACT, "")


def replayed_source(session: Session, wall: datetime) -> str | None:
    """The source that is being replayed, or None."""
    said_at, _, source = (fact(session, _FACT) or "").partition(" ")
    if not source or abs(wall - datetime.fromisoformat(said_at)) > _STANDS_FOR:
        return None
    return source


def not_replayed(session: Session, wall: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on Rung that leave out those of a replay that goes on."""
    source = replayed_source(session, wall)
    replayed = select(Alert.id).where(Alert.source == source)
    return (Rung.alert_id.not_in(replayed),) if source else ()
