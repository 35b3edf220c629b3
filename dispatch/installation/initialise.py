"""Initialises an installation: tables, version 1 of the playbook, a first administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from dispatch import clock
from dispatch.domain.roles import Grant
from dispatch.rules.telling.city_words import city_words
from dispatch.store.conditions import holds_role
from dispatch.store.enrolment import NewPerson, enrol, issue_secret
from dispatch.store.installation_facts import begin_epoch
from dispatch.store.log_checks import refuse_foreign_key
from dispatch.store.people import LINK, person_by_login
from dispatch.store.playbooks import active_version, publish_version
from dispatch.store.tables import Person, RoleGrant
from dispatch.store.transaction import Store, Transaction
from dispatch.translations import own_language, speaking, translate

FIRST_ADMIN: Final = "admin"
_ROLE: Final = "admin"
_NOTE: Final = "init"


@dataclass(frozen=True)
class Initialised:
    """`link`: the secret by which the first administrator chooses a password, while they have none;
    a new one each time, and only the last is valid.
    """

    version: int
    link: str | None


def initialise(store: Store, files: Mapping[str, bytes]) -> Initialised:
    """Makes what is missing and leaves the rest; safe to repeat. The keys are made with
    the store.
    """
    store.migrate()
    with store.read() as session:
        refuse_foreign_key(session, store.seal.log_key)
    with store.write() as tx:
        version = active_version(tx.session)
        if version is None:
            begin_epoch(tx.session)
            version = publish_version(tx.session, files, _NOTE, tx.now)
        store.forget_playbook()
        return Initialised(version, _link_for_first_admin(store, tx))


def _link_for_first_admin(store: Store, tx: Transaction) -> str | None:
    """None once some administrator can sign in."""
    awaited = person_by_login(tx.session, store.seal, FIRST_ADMIN)
    if awaited is None and not _has_admin(tx):
        book = store.playbook(tx.session)
        with speaking(city_words(book)):
            name = translate(own_language(), f"words.role.{_ROLE}")
        grants = (Grant(_ROLE, book.district.id),)
        person = enrol(tx, store.seal, NewPerson(name, grants, FIRST_ADMIN))
        return issue_secret(tx, person, LINK)
    if awaited and awaited.password_hash is None and awaited.disabled_at is None:
        return issue_secret(tx, awaited.id, LINK)
    return None


def _has_admin(tx: Transaction) -> bool:
    able = (Person.disabled_at.is_(None), RoleGrant.role == _ROLE, holds_role(clock.wall()))
    found = select(RoleGrant.id).join(Person, Person.id == RoleGrant.person_id)
    return tx.session.scalar(found.where(*able).limit(1)) is not None
