"""Adds people: an account, a sealed name, roles and secrets, within a transaction."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import uuid4

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.store.log import Event
from dispatch.store.people import (
    LINK,
    TOKEN,
    login_ref,
    normal_login,
    person_by_login,
    secret_digest,
)
from dispatch.store.sealing import Seal
from dispatch.store.tables import Person, RoleGrant, SealedIdentity, SignIn
from dispatch.store.transaction import Transaction
from dispatch.translations import own_language

SECRET_LIFETIMES: Final = {TOKEN: timedelta(days=365), LINK: timedelta(days=3)}


@dataclass(frozen=True)
class NewPerson:
    """A person to be added; without a login the name is the account."""

    name: str
    grants: tuple[Grant, ...]
    login: str = ""
    language: str = field(default_factory=own_language)
    password_hash: str | None = None
    is_service: bool = False
    made_by_demo: bool = False

    @property
    def account(self) -> str:
        return normal_login(self.login or self.name)


def enrol(tx: Transaction, seal: Seal, person: NewPerson) -> str:
    """Adds the person and returns the id; raises Refused name_taken."""
    if person_by_login(tx.session, seal, person.account):
        raise Refused("name_taken", name=person.account)
    row = _row(seal, person)
    tx.session.add(row)
    tx.session.flush()
    sealed = {"name": person.name.strip(), "login": person.account}
    tx.session.add(SealedIdentity(person_id=row.id, box=seal.close(sealed)))
    tx.record(Event("person_added", codes={"person": row.id}))
    for grant in person.grants:
        add_grant(tx, row.id, grant)
    return row.id


def add_grant(tx: Transaction, person_id: str, grant: Grant) -> None:
    """Gives a role at a unit, from now on."""
    tx.session.add(
        RoleGrant(person_id=person_id, role=grant.role, unit=grant.unit, from_at=clock.wall()),
    )
    codes = {"person": person_id, "role": grant.role, "unit": grant.unit}
    tx.record(Event("role_granted", codes=codes))


def issue_secret(tx: Transaction, person_id: str, kind: str) -> str:
    """Makes a secret and returns it; only its digest is kept. `kind`: token or link."""
    secret, at = secrets.token_urlsafe(32), clock.wall()
    tx.session.add(
        SignIn(
            digest=secret_digest(secret),
            kind=kind,
            person_id=person_id,
            created_at=at,
            seen_at=at,
            expires_at=at + SECRET_LIFETIMES[kind],
        ),
    )
    tx.record(Event(f"{kind}_made", codes={"person": person_id}))
    return secret


def _row(seal: Seal, person: NewPerson) -> Person:
    return Person(
        id=str(uuid4()),
        login_ref=login_ref(seal, person.account),
        password_hash=person.password_hash,
        language=person.language,
        is_service=person.is_service,
        made_by_demo=person.made_by_demo,
        created_at=clock.wall(),
    )
