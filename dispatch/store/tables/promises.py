"""Tables of promises, the events that moved them, their rungs, and notices."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch.domain.law.clock_names import RUNNING

from .base import Base


class Promise(Base):
    """One clock of an alert, with the policy copied onto it.

    `state`: running, paused, met, missed, ended (neither met nor missed), pending (kept after its
    due time while a request made in time was undecided: met or missed by that decision). `budget_s`
    is set where a promise continues with a remainder instead of its whole limit; `extended` is what
    extensions added, in the limit's own unit. `flag`: calendar_ends (no due time yet), ladder_ends
    (its last rungs wait for a calendar), pending (a request made in time to move it is undecided,
    or was when it ended), uncounted (late, and its date goes on elsewhere, or did not count then).
    `playbook_version` is the one whose calendar counts. `assignment_id`: the lead's or a support's;
    None for the clocks of the alert itself (accept, ruling, overall, verify, rate).
    """

    __tablename__ = "promise"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), index=True)
    clock: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    unit: Mapped[str | None] = mapped_column(String(64))
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"))
    limit: Mapped[str] = mapped_column(String(32))
    budget_s: Mapped[int | None]
    extended: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    calendar: Mapped[str] = mapped_column(String(64))
    playbook_version: Mapped[int]
    basis: Mapped[str | None]
    ladder: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(8))
    flag: Mapped[str | None] = mapped_column(String(16))
    card: Mapped[str | None] = mapped_column(String(8))

    __table_args__ = (
        Index(
            "ix_promise_running_due",
            "due_at",
            sqlite_where=text(f"state = '{RUNNING}'"),
            postgresql_where=text(f"state = '{RUNNING}'"),
        ),
        Index(
            "ix_promise_flagged",
            "calendar",
            sqlite_where=text("flag IS NOT NULL"),
            postgresql_where=text("flag IS NOT NULL"),
        ),
    )


class PromiseEvent(Base):
    """What moved a promise after its start: pause, resume, extend, merge, unmerge. The due time is
    recomputed from these.

    `amount`: of an extension, in the limit's own unit.
    """

    __tablename__ = "promise_event"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    promise_id: Mapped[str] = mapped_column(ForeignKey("promise.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(64))
    owner: Mapped[str | None] = mapped_column(String(64))
    until: Mapped[datetime | None]
    amount: Mapped[int | None]


class Rung(Base):
    """One step of a promise's ladder. `state`: pending, fired, overtaken, cancelled or failed."""

    __tablename__ = "rung"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    promise_id: Mapped[str] = mapped_column(ForeignKey("promise.id"), index=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), index=True)
    level: Mapped[int]
    turn: Mapped[int] = mapped_column(default=0)
    action: Mapped[str] = mapped_column(String(24))
    to: Mapped[list[Any]] = mapped_column()
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="pending")
    fired_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    snoozed_s: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]

    __table_args__ = (
        Index(
            "ix_rung_pending_due",
            "due_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_rung_failed",
            "due_at",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
    )


class Notice(Base):
    """A message to somebody, written in the transaction of its cause and delivered after it.

    `to_kind`: person, desk or reporter; `to_ref`: the person, the unit (or "district",
    "supervisor", "admin"), the alert. `alert_id`: None where it is about the installation itself.
    `once`: a unique key, so that one cause never sends two notices.
    """

    __tablename__ = "notice"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    alert_id: Mapped[str | None] = mapped_column(ForeignKey("alert.id"), index=True)
    to_kind: Mapped[str] = mapped_column(String(12))
    to_ref: Mapped[str] = mapped_column(String(128))
    code: Mapped[str] = mapped_column(String(48))
    params: Mapped[dict[str, Any]]
    once: Mapped[str] = mapped_column(String(128), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="pending")
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    receipt: Mapped[str | None]

    __table_args__ = (
        Index(
            "ix_notice_pending",
            "created_at",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_notice_failed",
            "created_at",
            sqlite_where=text("state = 'failed'"),
            postgresql_where=text("state = 'failed'"),
        ),
    )
