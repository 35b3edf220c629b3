"""How much work is overdue that the system should have done by itself, for monitoring."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, literal_column, or_, select
from sqlalchemy.orm import Session

from dispatch.domain.law.clock_names import CALENDAR_ENDS
from dispatch.store.conditions import is_running
from dispatch.store.installation_facts import fact, set_fact
from dispatch.store.replays import not_replayed
from dispatch.store.tables import Notice, Promise, Rung

# A rung fires within a tick; one that waits longer means that no sweep runs.
LATEST_RUNG: Final = timedelta(minutes=1)
# A sweep ends every second and is recorded every fifteen: silence means that none runs.
LATEST_SWEEP: Final = timedelta(seconds=90)
# One failing rung is a fault of its own; so many at once mean that sweeping itself fails.
MANY_FAILING: Final = 10
# Whoever delivers takes each notice within seconds, whether or not a gateway then takes it.
LATEST_TAKEN: Final = timedelta(seconds=90)

_SWEPT: Final = "swept_at"
# Written out, not bound: partial indexes serve only a query that shows their condition.
_PENDING: Final[ColumnElement[str]] = literal_column("'pending'")
_FAILED: Final[ColumnElement[str]] = literal_column("'failed'")


@dataclass(frozen=True)
class Backlog:
    """How late the oldest undone work is; zero where there is none.

    `rungs_failing` are due, failed and wait for another try; `notice_untaken`: how long the oldest
    notice is ready without any try to send it. `rungs_set_aside` and `notices_set_aside` failed for
    good; `promises_undated` wait for a calendar; `swept_ago`: since the last sweep ended, by the
    machine's time; None: there was none yet.
    """

    rung_late: timedelta
    notice_late: timedelta
    notice_untaken: timedelta
    rungs_failing: int
    rungs_set_aside: int
    notices_set_aside: int
    promises_undated: int
    swept_ago: timedelta | None

    @property
    def faults(self) -> list[str]:
        """The names of what makes the server unready."""
        stands = self.swept_ago is not None and self.swept_ago > LATEST_SWEEP
        holds = {
            "rungs_wait": self.rung_late > LATEST_RUNG,
            "no_sweep": stands,
            "rungs_fail": self.rungs_failing >= MANY_FAILING,
            "nobody_delivers": self.notice_untaken > LATEST_TAKEN,
        }
        return [name for name, is_so in holds.items() if is_so]


def read_backlog(session: Session, now: datetime, wall: datetime) -> Backlog:
    """`now` is the city's time, `wall` the machine's."""
    tried = or_(Rung.not_before.is_(None), Rung.not_before <= now)
    waits = (Rung.state == _PENDING, Rung.due_at <= now, tried, *not_replayed(session, wall))
    rung = select(func.min(Rung.due_at)).where(*waits)
    notice = select(func.min(Notice.created_at)).where(Notice.state == _PENDING)
    ready = func.min(func.coalesce(Notice.not_before, Notice.created_at))
    untaken = select(ready).where(Notice.state == _PENDING, _is_ready(now))
    swept = fact(session, _SWEPT)
    return Backlog(
        rung_late=_late(session.scalar(rung), now),
        notice_late=_late(session.scalar(notice), now),
        notice_untaken=_late(session.scalar(untaken), now),
        rungs_failing=_count(
            session, Rung.state == _PENDING, Rung.due_at <= now, Rung.attempts > 0
        ),
        rungs_set_aside=_count(session, Rung.state == _FAILED),
        notices_set_aside=_count(session, Notice.state == _FAILED),
        promises_undated=_count(session, is_running(), Promise.flag == CALENDAR_ENDS),
        # A time in the future is as wrong as one long ago: the machine's clock was set back.
        swept_ago=abs(wall - datetime.fromisoformat(swept)) if swept else None,
    )


def _is_ready(now: datetime) -> ColumnElement[bool]:
    return or_(Notice.not_before.is_(None), Notice.not_before <= now)


def note_swept(session: Session, wall: datetime) -> None:
    """Records that a sweep ended."""
    set_fact(session, _SWEPT, wall.isoformat())


def _late(since: datetime | None, now: datetime) -> timedelta:
    return max(timedelta(), now - since) if since else timedelta()


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*where)) or 0
