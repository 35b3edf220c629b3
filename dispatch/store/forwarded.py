"""When requests last came through a proxy that nobody trusts, for those who watch."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from dispatch.store.installation_facts import fact, set_fact

FORWARDED_AT: Final = "forwarded_at"
EVERY: Final = timedelta(hours=1)  # so often it is noted at most


def note_forwarded(session: Session, wall: datetime) -> None:
    set_fact(session, FORWARDED_AT, wall.isoformat())


def was_forwarded(session: Session, wall: datetime) -> bool:
    """Whether one came within the last two hours, by the machine's time."""
    noted = fact(session, FORWARDED_AT)
    return noted is not None and wall - datetime.fromisoformat(noted) < 2 * EVERY
