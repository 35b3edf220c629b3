"""When this installation was last backed up, and whether notices are held since it was restored."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.store.installation_facts import fact, set_fact
from dispatch.store.tables import PlaybookVersion

_BACKED_UP = "backed_up_at"
_HELD = "notices_held"


def note_backed_up(session: Session, wall: datetime) -> None:
    """Records that a backup of this moment was written and checked."""
    set_fact(session, _BACKED_UP, wall.isoformat())


def since_backup(session: Session, wall: datetime) -> timedelta | None:
    """How old the last backup is by the machine's time; None: there was none yet."""
    noted = fact(session, _BACKED_UP)
    return max(timedelta(), wall - datetime.fromisoformat(noted)) if noted else None


def age_of_installation(session: Session, now: datetime) -> timedelta:
    """Since the first playbook was published; zero before. `now` is the city's time."""
    begun = session.scalar(select(func.min(PlaybookVersion.published_at)))
    return max(timedelta(), now - begun) if begun else timedelta()


def note_held(session: Session, count: int) -> None:
    """Records how many notices wait for a person's approval."""
    set_fact(session, _HELD, str(count))


def notices_held(session: Session) -> int:
    """How many notices wait for a person's approval since a restore."""
    return int(fact(session, _HELD) or 0)
