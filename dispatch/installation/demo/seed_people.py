"""The demo's own people: one in each role, all with one password."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from dispatch.domain.roles import Grant
from dispatch.errors import Refused
from dispatch.installation.demo.script import DEMO_SOURCE
from dispatch.installation.initialise import FIRST_ADMIN
from dispatch.rules.book.playbook import Playbook
from dispatch.store.enrolment import NewPerson, enrol
from dispatch.store.passwords import SHORTEST, hash_password
from dispatch.store.people import login_ref, person_by_login
from dispatch.store.sealing import Seal
from dispatch.store.tables import Alert, Person
from dispatch.store.transaction import Store, Transaction
from dispatch.translations import own_language, translate

_LENGTH: Final = 12  # of the demo's password
# Account, role, and where: a unit's id or the other number it is known by; None: the district.
_CAST: Final = (
    ("volunteer", "volunteer", "440304004"),
    ("grid_worker", "grid_worker", "440304004"),
    ("street", "street_dispatcher", "440304004"),
    ("department", "department_dispatcher", "JTJ"),
    ("handler", "handler", "JTJ"),
    ("district", "district_dispatcher", None),
    ("supervisor", "supervisor", None),
    ("admin", "admin", None),
    ("auditor", "auditor", None),
)
# In a playbook without that street or department: the first of this kind.
_INSTEAD: Final = {"440304004": "street", "JTJ": "department"}


@dataclass(frozen=True)
class DemoPerson:
    login: str
    role: str
    unit: str


@dataclass(frozen=True)
class DemoPeople:
    password: str
    people: tuple[DemoPerson, ...]


def seed_people(store: Store) -> DemoPeople:
    """Makes those who are missing; raises Refused demo_refused where real people or
    alerts exist.
    """
    password, hashed = _password(store.seal)
    with store.write() as tx:
        cast = tuple(_cast(store.playbook(tx.session)))
        _refuse_real(tx.session, store.seal)
        for person in cast:
            _seed(tx, store.seal, person, hashed)
    return DemoPeople(password, cast)


def _password(seal: Seal) -> tuple[str, str]:
    """The same at each start and different in each installation, without being stored: the first
    twelve digits of a keyed digest that are not refused; and its hash.
    """
    digest = seal.ref("password of the demo")
    for start in range(len(digest)):
        password = digest[start : start + _LENGTH]
        with suppress(Refused):
            return password, hash_password(password, DEMO_SOURCE)
    raise Refused("weak_password", least=SHORTEST)


def _cast(playbook: Playbook) -> Iterator[DemoPerson]:
    for login, role, where in _CAST:
        unit = playbook.district.id if where is None else _unit(playbook, where)
        if unit:
            yield DemoPerson(login, role, unit)


def _unit(playbook: Playbook, where: str) -> str | None:
    units = playbook.units.values()
    named = (unit.id for unit in units if where in {unit.id, unit.code})
    instead = (unit.id for unit in units if unit.kind == _INSTEAD[where])
    return next(named, None) or next(instead, None)


def _refuse_real(session: Session, seal: Seal) -> None:
    """The administrator whom `init` made does not count while they have no password."""
    awaited = (Person.login_ref == login_ref(seal, FIRST_ADMIN)) & Person.password_hash.is_(None)
    real = ~(Person.made_by_demo | Person.is_service | awaited)
    if session.scalar(select(exists().where(real))) or session.scalar(select(_real_alerts())):
        raise Refused("demo_refused")


def _real_alerts() -> ColumnElement[bool]:
    """Alerts that are older than the demo's people, or from another system."""
    demo_has_begun = exists().where(Person.made_by_demo)
    imported = Alert.external_id.is_not(None) & (Alert.source != DEMO_SOURCE)
    return exists().where(or_(imported, ~demo_has_begun))


def _seed(tx: Transaction, seal: Seal, person: DemoPerson, hashed: str) -> None:
    """Existing people stay as they are; only the administrator without a password becomes the
    demo's.
    """
    found = person_by_login(tx.session, seal, person.login)
    if found is None:
        name = translate(own_language(), f"words.role.{person.role}")
        grants = (Grant(person.role, person.unit),)
        new = NewPerson(name, grants, person.login, password_hash=hashed, made_by_demo=True)
        enrol(tx, seal, new)
    elif found.password_hash is None:
        found.password_hash = hashed
        found.made_by_demo = True
