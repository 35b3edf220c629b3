"""Finds people: by account, by id, and by the secret that a request carries."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import Access, Grant
from dispatch.settings import Settings
from dispatch.store.conditions import holds_role
from dispatch.store.rows import connection_of
from dispatch.store.sealing import Seal
from dispatch.store.sign_ins import owner_of, secret_digest
from dispatch.store.tables import InstantType, Person, RoleGrant, SecondFactor, SignIn

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
    has_second_factor: bool = False

    def must_enrol(self, settings: Settings) -> bool:
        """Whether a second factor is to be set up before anything else. Not by a program: its token
        was made by a command.
        """
        is_asked = self.kind == SESSION and not self.has_second_factor
        return is_asked and asks_second_factor(settings, self.access)

    @property
    def may_idle(self) -> bool:
        """Whether it is locked where nobody does anything: a session at a desk."""
        return self.kind == SESSION and self.access.is_at_desk

    def is_locked(self, idle: timedelta, at: datetime) -> bool:
        """Whether nobody has done anything for so long; until they sign in again."""
        return self.may_idle and at - self.seen_at >= idle


def normal_login(login: str) -> str:
    """The account in one form: full width, capitals and blanks around it do not matter."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def login_ref(seal: Seal, login: str) -> str:
    return seal.ref("login", normal_login(login))


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


def is_kept_by_day(session: Session, person_id: str, at: datetime) -> bool:
    """Whether the person is no more than a volunteer: their times are kept to the day, and events
    about them carry a mark in place of their id.
    """
    person = session.get(Person, person_id)
    return person is not None and access_of(session, person, at).is_kept_by_day


def asks_second_factor(settings: Settings, access: Access) -> bool:
    """Whether the city asks this person for a second factor."""
    return settings.second_factor == "asked" and access.needs_second_factor


def must_set_second_factor(session: Session, settings: Settings, access: Access) -> bool:
    """Whether the person is asked for a second factor and has none."""
    if not asks_second_factor(settings, access):
        return False
    return session.get(SecondFactor, access.person_id) is None


def authenticate(
    session: Session, seal: Seal, secret: str, kind: str, at: datetime
) -> Authentication | None:
    """The person behind a secret at a moment of wall time, or None. It runs at every request: one
    statement, and another one where this process sees the secret for the first time, for whose it
    is lies sealed.
    """
    digest = secret_digest(secret)
    owner = owner_of(session, seal, digest)
    shown = {"digest": digest, "kind": kind, "person": owner, "moment": at}
    rows = connection_of(session).execute(_secret_statement(), shown).all() if owner else []
    if not rows:
        return None
    has_second = rows[0].second_factor is not None
    return Authentication(
        _access(rows), kind, digest, rows[0].csrf, rows[0].seen_at, has_second_factor=has_second
    )


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
            SecondFactor.person_id.label("second_factor"),
        )
        .select_from(SignIn)
        .join(Person, Person.id == bindparam("person"))
        .outerjoin(RoleGrant, and_(RoleGrant.person_id == Person.id, holds_role(at)))
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(SignIn.digest == bindparam("digest"), SignIn.kind == bindparam("kind"))
        .where(SignIn.expires_at > at, Person.disabled_at.is_(None))
        .order_by(RoleGrant.id)
    )


def _access(rows: Sequence[Any]) -> Access:
    person = rows[0]
    grants = tuple(Grant(row.role, row.unit) for row in rows if row.role is not None)
    return Access(person.id, grants, person.language, is_service=person.is_service)
