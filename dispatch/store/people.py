"""Finding people: by account, by id, and by what a request shows at the door."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import Access, Grant
from dispatch.store.rows import connection_of
from dispatch.store.sealing import Seal
from dispatch.store.tables import Instant, Person, RoleGrant, SignIn

SESSION = "session"
TOKEN = "token"  # noqa: S105 - the name of a kind
LINK = "link"


@dataclass(frozen=True)
class Admission:
    """Whoever showed a valid secret, and by what kind of it."""

    access: Access
    kind: str
    digest: str
    csrf: str | None
    seen_at: datetime


def digest_of(secret: str) -> str:
    """SHA-256: enough for secrets of 256 random bits, and cheap on each request."""
    return hashlib.sha256(secret.encode()).hexdigest()


def normal_login(login: str) -> str:
    """Accounts are the same however they are typed: full width, capitals, spaces around."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def login_ref(seal: Seal, login: str) -> str:
    return seal.ref("login", normal_login(login))


def actor_ref(seal: Seal, person_id: str) -> str:
    """Who did it, for the log: the same for all deeds of a person, readable only with the key."""
    return seal.ref("actor", person_id)


def person_by_login(session: Session, seal: Seal, login: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login_ref == login_ref(seal, login)))


def find_person(session: Session, seal: Seal, login_or_id: str) -> Person | None:
    """By account or by id."""
    return person_by_login(session, seal, login_or_id) or session.get(Person, login_or_id)


def grants_of(session: Session, person_id: str, at: datetime) -> tuple[Grant, ...]:
    """The grants that hold at a moment, oldest first."""
    held = select(RoleGrant.role, RoleGrant.unit).where(
        RoleGrant.person_id == person_id, _holds(at)
    )
    return tuple(Grant(role, unit) for role, unit in session.execute(held.order_by(RoleGrant.id)))


def access_of(session: Session, person: Person, at: datetime) -> Access:
    return Access(
        person_id=person.id,
        grants=grants_of(session, person.id, at),
        language=person.language,
        is_service=person.is_service,
    )


def admit(session: Session, secret: str, kind: str, at: datetime) -> Admission | None:
    """Who stands behind a secret at a moment of wall time; one statement, for every request."""
    digest = digest_of(secret)
    shown = {"digest": digest, "kind": kind, "moment": at}
    rows = connection_of(session).execute(_shown(), shown).all()
    return _admission(rows, kind, digest) if rows else None


@cache
def _shown() -> Select[*tuple[Any, ...]]:
    """Built once: it is asked for every request, and building costs more than answering."""
    at = bindparam("moment", type_=Instant)
    holds = and_(RoleGrant.from_at <= at, or_(RoleGrant.to_at.is_(None), RoleGrant.to_at > at))
    return (
        select(
            SignIn.csrf,
            SignIn.seen_at,
            Person.id,
            Person.language,
            Person.is_service,
            RoleGrant.role,
            RoleGrant.unit,
        )
        .join(Person, Person.id == SignIn.person_id)
        .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, holds))
        .where(SignIn.digest == bindparam("digest"), SignIn.kind == bindparam("kind"))
        .where(SignIn.expires_at > at, Person.disabled_at.is_(None))
        .order_by(RoleGrant.id)
    )


def _admission(rows: Sequence[Any], kind: str, digest: str) -> Admission:
    person = rows[0]
    grants = tuple(Grant(row.role, row.unit) for row in rows if row.role is not None)
    return Admission(
        access=Access(person.id, grants, person.language, is_service=person.is_service),
        kind=kind,
        digest=digest,
        csrf=person.csrf,
        seen_at=person.seen_at,
    )


def _holds(at: datetime) -> ColumnElement[bool]:
    return and_(RoleGrant.from_at <= at, or_(RoleGrant.to_at.is_(None), RoleGrant.to_at > at))
