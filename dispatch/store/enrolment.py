"""Writing people down: an account, a name under seal, roles, secrets; inside one transaction."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import uuid4

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.store.log import Event
from dispatch.store.people import LINK, TOKEN, digest_of, login_ref, normal_login, person_by_login
from dispatch.store.sealing import Seal
from dispatch.store.tables import Person, RoleGrant, SealedIdentity, SignIn
from dispatch.store.transaction import Transaction
from dispatch.translations import DEFAULT

LASTS: Final = {TOKEN: timedelta(days=365), LINK: timedelta(days=3)}


@dataclass(frozen=True)
class NewPerson:
    """What is known of somebody before they are let in; without an account the name is it."""

    name: str
    grants: tuple[Grant, ...]
    login: str = ""
    language: str = DEFAULT
    password_hash: str | None = None
    is_service: bool = False
    made_by_demo: bool = False

    @property
    def account(self) -> str:
        return normal_login(self.login or self.name)


def enrol(deed: Transaction, seal: Seal, person: NewPerson) -> str:
    """The new person's id; raises Refused name_taken."""
    if person_by_login(deed.session, seal, person.account):
        raise Refused("name_taken", name=person.account)
    row = _row(seal, person)
    deed.session.add(row)
    deed.session.flush()
    sealed = {"name": person.name.strip(), "login": person.account}
    deed.session.add(SealedIdentity(person_id=row.id, box=seal.close(sealed)))
    deed.record(Event("person_added", codes={"person": row.id}))
    for grant in person.grants:
        give(deed, row.id, grant)
    return row.id


def give(deed: Transaction, person_id: str, grant: Grant) -> None:
    """A role at a unit, from now on."""
    deed.session.add(
        RoleGrant(person_id=person_id, role=grant.role, unit=grant.unit, from_at=clock.wall()),
    )
    codes = {"person": person_id, "role": grant.role, "unit": grant.unit}
    deed.record(Event("role_granted", codes=codes))


def issue(deed: Transaction, person_id: str, kind: str) -> str:
    """A secret, shown once and kept nowhere; `kind` is token or link."""
    secret, at = secrets.token_urlsafe(32), clock.wall()
    deed.session.add(
        SignIn(
            digest=digest_of(secret),
            kind=kind,
            person_id=person_id,
            created_at=at,
            seen_at=at,
            expires_at=at + LASTS[kind],
        ),
    )
    deed.record(Event(f"{kind}_made", codes={"person": person_id}))
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
