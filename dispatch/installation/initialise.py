"""The installation begins: tables, version 1 of the playbook, a first administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.store.enrolment import NewPerson, enrol, issue
from dispatch.store.facts import begin_epoch
from dispatch.store.people import LINK, person_by_login
from dispatch.store.playbooks import active_version, publish_version
from dispatch.store.tables import Person, RoleGrant
from dispatch.store.transaction import Store, Transaction
from dispatch.translations import DEFAULT, translate

FIRST_ADMIN: Final = "admin"
_ROLE: Final = "admin"
_NOTE: Final = "init"


@dataclass(frozen=True)
class Initialised:
    """`link`: the secret by which the first administrator chooses a password, while they have
    none; another one each time, the last one counts.
    """

    version: int
    link: str | None


def initialise(store: Store, files: Mapping[str, bytes]) -> Initialised:
    """Make what is missing and leave the rest; safe to repeat. The keys come with the store."""
    store.migrate()
    with store.write() as deed:
        version = active_version(deed.session)
        if version is None:
            begin_epoch(deed.session)
            version = publish_version(deed.session, files, _NOTE, deed.now)
        store.forget_playbook()
        return Initialised(version, _link_for_first_admin(store, deed))


def _link_for_first_admin(store: Store, deed: Transaction) -> str | None:
    """None once some administrator can sign in."""
    awaited = person_by_login(deed.session, store.seal, FIRST_ADMIN)
    if awaited is None and not _has_admin(deed):
        district = store.playbook(deed.session).district.id
        name = translate(DEFAULT, f"words.role.{_ROLE}")
        grants = (Grant(_ROLE, district),)
        return issue(deed, enrol(deed, store.seal, NewPerson(name, grants, FIRST_ADMIN)), LINK)
    if awaited and awaited.password_hash is None and awaited.disabled_at is None:
        return issue(deed, awaited.id, LINK)
    return None


def _has_admin(deed: Transaction) -> bool:
    at = clock.wall()
    able = (Person.disabled_at.is_(None), RoleGrant.role == _ROLE, RoleGrant.from_at <= at)
    found = select(RoleGrant.id).join(Person, Person.id == RoleGrant.person_id)
    return deed.session.scalar(found.where(*able, RoleGrant.to_at.is_(None)).limit(1)) is not None
