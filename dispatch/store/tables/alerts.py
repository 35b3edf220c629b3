"""Tables of alerts: who holds each, what was sent with it, what was asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, BigKey


class Alert(Base):
    """A problem at a place. What may be erased (words, position, photos) is in other tables."""

    __tablename__ = "alert"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    source: Mapped[str] = mapped_column(String(32))
    external_id: Mapped[str | None] = mapped_column(String(128))
    body_digest: Mapped[str] = mapped_column(String(64))
    reporter_ref: Mapped[str] = mapped_column(String(64), unique=True)

    category: Mapped[str] = mapped_column(String(64))
    street: Mapped[str | None] = mapped_column(String(64))
    community: Mapped[str | None] = mapped_column(String(64))
    grid: Mapped[str | None] = mapped_column(String(64))
    severity: Mapped[int]
    life_safety: Mapped[bool]
    household: Mapped[bool]
    about_unit: Mapped[str | None] = mapped_column(String(64))
    visit: Mapped[str] = mapped_column(String(16))
    whistle: Mapped[str | None] = mapped_column(String(16))

    status: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    lead: Mapped[str | None] = mapped_column(String(64))
    handler: Mapped[str | None] = mapped_column(String(36))
    round: Mapped[int] = mapped_column(default=1)
    returns: Mapped[int] = mapped_column(default=0)
    reworks: Mapped[int] = mapped_column(default=0)
    ruled_final: Mapped[bool] = mapped_column(default=False)
    redone: Mapped[int] = mapped_column(default=0)
    card: Mapped[str | None] = mapped_column(String(8))
    policy: Mapped[dict[str, Any]]
    urged_at: Mapped[datetime | None]
    supervised_at: Mapped[datetime | None]
    supervision: Mapped[str | None] = mapped_column(String(16))
    suspended_until: Mapped[datetime | None]
    reopened: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("alert.id"))
    merged_at: Mapped[datetime | None]

    playbook_version: Mapped[int]
    reported_at: Mapped[datetime]
    occurred_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("source", "external_id", name="uq_alert_source_external_id"),
        Index("ix_alert_lead_status", "lead", "status"),
        Index("ix_alert_street_status", "street", "status"),
        Index("ix_alert_status_reported", "status", "reported_at"),
        Index("ix_alert_reported", "reported_at", "id"),
        Index("ix_alert_category_status", "category", "status"),
        Index(
            "ix_alert_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )


class Spot(Base):
    """The alert's pin in WGS-84; retention rounds and erases it."""

    __tablename__ = "spot"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    lon: Mapped[float]
    lat: Mapped[float]
    accuracy_m: Mapped[float | None]
    crs: Mapped[str] = mapped_column(String(8))

    __table_args__ = (Index("ix_spot_lat_lon", "lat", "lon", "alert_id"),)


class SealedLink(Base):
    """One direction between a reporter and an alert, readable only with the key.

    Two rows an alert: from HMAC(alert) to the sealed person, role and unit; from HMAC(person,
    number) to the sealed alert. Without the key nobody can tell which rows belong together: no two
    have the same `ref`, and all boxes are equally long.
    """

    __tablename__ = "sealed_link"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ref: Mapped[str] = mapped_column(String(64), index=True, unique=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class Assignment(Base):
    """A unit that leads or helps: `kind` lead, required, first or informed; one row a round.
    `confirmed_at`: when a lead confirmed what was submitted last. `caller`: of a unit that helps,
    who called it, `rules` or a relation of people.
    """

    __tablename__ = "assignment"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    unit: Mapped[str] = mapped_column(String(64), index=True)
    team: Mapped[str | None] = mapped_column(String(64))
    handler: Mapped[str | None] = mapped_column(String(36), index=True)
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    contacted_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    caller: Mapped[str | None] = mapped_column(String(16))


class Photo(Base):
    """A photo declared with a report or a step and, once it arrived, where it is stored.

    `sha256` is of the bytes as sent; `stored` of the file as stored (upright, without EXIF).
    """

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    declared_at: Mapped[datetime | None]
    stored: Mapped[str | None] = mapped_column(String(64))
    thumb: Mapped[str | None] = mapped_column(String(64))
    bytes: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    stored_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("alert_id", "sha256", name="uq_photo_alert_sha256"),)


class TakenStep(Base):
    """The answer to a step by the client's id, so that a repeat gets the same answer.

    `actor`: of staff their id; `mark`: of the reporter a keyed digest that no other row has.
    `body_digest` is keyed, too.
    """

    __tablename__ = "taken_step"

    client_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), index=True)
    actor: Mapped[str | None] = mapped_column(String(36))
    mark: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    body_digest: Mapped[str] = mapped_column(String(64))
    version_after: Mapped[int]
    answer: Mapped[dict[str, Any]]

    __table_args__ = (CheckConstraint("(actor IS NULL) <> (mark IS NULL)", name="one_hand"),)


class Request(Base):
    """A request for a decision: made by one person, decided by another (return, void, extend,
    suspend). `asker`: the person, always staff.
    """

    __tablename__ = "request"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(64))
    asker: Mapped[str | None] = mapped_column(String(36))
    asked_at: Mapped[datetime]
    ruled_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(String(16))
    codes: Mapped[dict[str, Any]]

    __table_args__ = (
        Index(
            "ix_request_open",
            "kind",
            "asked_at",
            sqlite_where=text("ruled_at IS NULL"),
            postgresql_where=text("ruled_at IS NULL"),
        ),
    )
