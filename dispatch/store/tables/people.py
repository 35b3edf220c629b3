"""Tables of people: their roles, and how they sign in. Names are encrypted."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from dispatch.translations import DEFAULT

from .base import Base, BigKey


class Person(Base):
    """Somebody who can sign in, or a service; disabled, never deleted. Times of volunteers are kept
    to the day.

    `login_ref` is a keyed digest of the account: even that is nowhere in clear.
    """

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    login_ref: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(16), default=DEFAULT)
    is_service: Mapped[bool] = mapped_column(default=False)
    made_by_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SealedIdentity(Base):
    """A person's name, account and phone, encrypted with the key outside the database."""

    __tablename__ = "sealed_identity"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)


class RoleGrant(Base):
    """A role held at a unit, from and to when; to the day where a volunteer's."""

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(64))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_role_grant_unit_role", "unit", "role"),)


class SignIn(Base):
    """A session, a bearer token or a one-time link; only the digest of its secret is stored.

    `kind`: session, token or link. `ref`: a keyed digest of person and a number, another one in
    each row; `box`: the person, sealed. Times are wall time: moving the city's clock ends no
    session; those of volunteers are kept to the day.
    """

    __tablename__ = "sign_in"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    ref: Mapped[str] = mapped_column(String(64), index=True, unique=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    csrf: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class FailedSignIn(Base):
    """Wrong passwords by account and known device or address, so that nobody locks others out."""

    __tablename__ = "failed_sign_in"

    ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class GuessedAccount(Base):
    """Wrong passwords of an account from anywhere, as the moment when the last of them is
    forgotten.
    """

    __tablename__ = "guessed_account"

    ref: Mapped[str] = mapped_column(String(64), primary_key=True)
    forgotten_at: Mapped[datetime]


class SecondFactor(Base):
    """What a person's authenticator app computes codes from, sealed; one for each person.

    `last_step`: the half minute of the code that was taken last, so that none is taken twice.
    """

    __tablename__ = "second_factor"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(BigInteger)
    set_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code for when the authenticator app is gone, as a keyed digest; deleted when it is used."""

    __tablename__ = "recovery_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
