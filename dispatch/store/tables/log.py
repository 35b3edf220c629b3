"""Tables of the log: append-only, chained by key; audit trail, live feed and source of reports."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, BigKey


class LogEntry(Base):
    """Who (role and unit), when, from which status, to which, why. `seq` is the order of commits.

    `actor`: of staff and services their id; `mark`: of the reporter a keyed digest that no other
    row has. What the reporter does stands as a volunteer's, of no unit, and their device's time to
    the day. `digest` is salted and covers the erasable details; `hash` is keyed, and covers this
    row's columns and the hash of the row before.
    """

    __tablename__ = "log"

    seq: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(32))
    alert_id: Mapped[str | None] = mapped_column(ForeignKey("alert.id"))
    role: Mapped[str | None] = mapped_column(String(32))
    unit: Mapped[str | None] = mapped_column(String(64))
    actor: Mapped[str | None] = mapped_column(String(36))
    mark: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    from_status: Mapped[str | None] = mapped_column(String(16))
    to_status: Mapped[str | None] = mapped_column(String(16))
    codes: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("actor IS NULL OR mark IS NULL", name="one_hand"),
        Index("ix_log_alert_seq", "alert_id", "seq"),
    )


class LogDetail(Base):
    """What retention may erase of a log row: words, positions, traces; with the salt."""

    __tablename__ = "log_detail"

    seq: Mapped[int] = mapped_column(ForeignKey("log.seq"), primary_key=True, autoincrement=False)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[dict[str, Any]]


class Proof(Base):
    """What one transaction left behind: how far the log went, and a keyed digest of each row that
    was written. `hash` is keyed, and covers these, the log's last hash and the proof before.
    """

    __tablename__ = "proof"

    n: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=False)
    log_seq: Mapped[int] = mapped_column(BigKey)
    rows: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[str] = mapped_column(String(64))
