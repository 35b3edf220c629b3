"""Finds people: by account, by id, and by the secret that a request carries."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import Access, Grant
from dispatch.store.conditions import holds_role
from dispatch.store.rows import connection_of
from dispatch.store.sealing import Seal
from dispatch.store.tables import InstantType, Person, RoleGrant, SignIn

SESSION = "session"
TOKEN = "token"  # noqa: S105 - the name of a kind
LINK = "link"


@dataclass(frozen=True)
class Authentication:
    """The person behind a valid secret, and the kind of that secret."""

    access: Access
    kind: str
    digest: str
    csrf: str | None
    seen_at: datetime


def secret_digest(secret: str) -> str:
    """SHA-256: enough for secrets of 256 random bits, and cheap enough for each request."""
    return hashlib.sha256(secret.encode()).hexdigest()


def normal_login(login: str) -> str:
    """The account in one form: full width, capitals and blanks around it do not matter."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def login_ref(seal: Seal, login: str) -> str:
    return seal.ref("login", normal_login(login))


def actor_ref(seal: Seal, person_id: str) -> str:
    """The person's pseudonym in the log: one for all their deeds, readable only with the key."""
    return seal.ref("actor", person_id)


def person_by_login(session: Session, seal: Seal, login: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login_ref == login_ref(seal, login)))


def find_person(session: Session, seal: Seal, login_or_id: str) -> Person | None:
    """The person with this account or id."""
    return person_by_login(session, seal, login_or_id) or session.get(Person, login_or_id)


def grants_of(session: Session, person_id: str, at: datetime) -> tuple[Grant, ...]:
    """The grants that hold at a moment, oldest first."""
    held = select(RoleGrant.role, RoleGrant.unit).where(
        RoleGrant.person_id == person_id, holds_role(at)
    )
    return tuple(Grant(role, unit) for role, unit in session.execute(held.order_by(RoleGrant.id)))


def access_of(session: Session, person: Person, at: datetime) -> Access:
    return Access(
        person_id=person.id,
        grants=grants_of(session, person.id, at),
        language=person.language,
        is_service=person.is_service,
    )


def authenticate(session: Session, secret: str, kind: str, at: datetime) -> Authentication | None:
    """The person behind a secret at a moment of wall time, or None; one statement, for it runs at
    every request.
    """
    digest = secret_digest(secret)
    shown = {"digest": digest, "kind": kind, "moment": at}
    rows = connection_of(session).execute(_secret_statement(), shown).all()
    return _authentication(rows, kind, digest) if rows else None


@cache
def _secret_statement() -> Select[*tuple[Any, ...]]:
    """Built once: it runs at every request, and building it costs more than running it."""
    at = bindparam("moment", type_=InstantType)
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
        .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, holds_role(at)))
        .where(SignIn.digest == bindparam("digest"), SignIn.kind == bindparam("kind"))
        .where(SignIn.expires_at > at, Person.disabled_at.is_(None))
        .order_by(RoleGrant.id)
    )


def _authentication(rows: Sequence[Any], kind: str, digest: str) -> Authentication:
    person = rows[0]
    grants = tuple(Grant(row.role, row.unit) for row in rows if row.role is not None)
    return Authentication(
        access=Access(person.id, grants, person.language, is_service=person.is_service),
        kind=kind,
        digest=digest,
        csrf=person.csrf,
        seen_at=person.seen_at,
    )
