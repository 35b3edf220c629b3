"""Adds people: an account, a sealed name, roles and secrets, within a transaction."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import uuid4

from dispatch import clock
from dispatch.domain.roles import Access, Grant, is_staff
from dispatch.errors import Refused
from dispatch.store.audit import done_to
from dispatch.store.marks import person_event, to_the_day
from dispatch.store.people import (
    is_kept_by_day,
    login_ref,
    normal_login,
    person_by_login,
)
from dispatch.store.sealing import Seal
from dispatch.store.sign_ins import NewSignIn, add_sign_in
from dispatch.store.tables import Person, RoleGrant, SealedIdentity
from dispatch.store.transaction import Transaction
from dispatch.translations import own_language

_LINK_LASTS: Final = timedelta(days=3)


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
    def is_kept_by_day(self) -> bool:
        """As of `Access`."""
        return Access("", self.grants, is_service=self.is_service).is_kept_by_day

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
    by_day = person.is_kept_by_day
    record_person(tx, "person_added", row.id, by_day=by_day)
    for grant in person.grants:
        _add_grant(tx, row.id, grant, by_day=by_day)
    return row.id


def add_grant(tx: Transaction, person_id: str, grant: Grant) -> None:
    """Gives a role at a unit, from now on; a volunteer's from the beginning of the day."""
    by_day = not is_staff([grant]) and is_kept_by_day(tx.session, person_id, clock.wall())
    _add_grant(tx, person_id, grant, by_day=by_day)


def _add_grant(tx: Transaction, person_id: str, grant: Grant, *, by_day: bool) -> None:
    at, codes = clock.wall(), {"role": grant.role, "unit": grant.unit}
    from_at = to_the_day(at) if by_day else at
    tx.session.add(RoleGrant(person_id=person_id, from_at=from_at, **codes))
    record_person(tx, "role_granted", person_id, by_day=by_day, **codes)


def issue_secret(tx: Transaction, person_id: str, kind: str, lasts: timedelta = _LINK_LASTS) -> str:
    """Makes a secret and returns it; only its digest is kept. `kind`: token or link."""
    tx.session.flush()
    at = clock.wall()
    by_day = is_kept_by_day(tx.session, person_id, at)
    new = NewSignIn(person_id, kind, lasts, by_day=by_day)
    secret = add_sign_in(tx.session, tx.seal, new, at)
    record_person(tx, f"{kind}_made", person_id, by_day=by_day)
    return secret


def record_person(
    tx: Transaction, code: str, person_id: str, *, by_day: bool, **codes: str
) -> None:
    """Records what was done with a person: staff by their id and to the second, volunteers by a
    mark and to the day; in the log and in the audit trail.
    """
    event = person_event(tx.seal, code, person_id, by_day=by_day, **codes)
    tx.record(event, to_the_day(tx.now) if by_day else tx.now)
    tx.audit(done_to(tx.seal, code, person_id, by_day=by_day, codes=codes))


def _row(seal: Seal, person: NewPerson) -> Person:
    at = clock.wall()
    return Person(
        id=str(uuid4()),
        login_ref=login_ref(seal, person.account),
        password_hash=person.password_hash,
        language=person.language,
        is_service=person.is_service,
        made_by_demo=person.made_by_demo,
        created_at=to_the_day(at) if person.is_kept_by_day else at,
    )
