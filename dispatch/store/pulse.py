"""Does the city keep its promises? What is due and has not happened, in figures."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch.store.tables import Notice, Rung


@dataclass(frozen=True)
class Pulse:
    """How late the oldest work is that should have been done by itself; zero: none is."""

    rung_late: timedelta
    notice_late: timedelta


def pulse(session: Session, now: datetime) -> Pulse:
    rung = select(func.min(Rung.due_at)).where(Rung.state == "pending", Rung.due_at <= now)
    notice = select(func.min(Notice.created_at)).where(Notice.state == "pending")
    return Pulse(_late(session.scalar(rung), now), _late(session.scalar(notice), now))


def _late(since: datetime | None, now: datetime) -> timedelta:
    return max(timedelta(), now - since) if since else timedelta()
