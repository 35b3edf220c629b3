"""A person who has a one-time link chooses a password."""

from sqlalchemy import delete, select

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store.log import Event
from dispatch.store.passwords import hash_password
from dispatch.store.people import LINK, SESSION, secret_digest
from dispatch.store.sealing import identities
from dispatch.store.tables import Person, SignIn
from dispatch.store.transaction import Store


def choose_password(store: Store, secret: str, password: str) -> str:
    """Sets the password and returns the account; raises Refused link_used or weak_password.

    Other sessions of the person end, for whoever knew the old password must be out.
    """
    person_id, login = invited_person(store, secret)
    hashed = hash_password(password, login)
    with store.write() as tx:
        used = (
            delete(SignIn).where(SignIn.digest == secret_digest(secret)).returning(SignIn.person_id)
        )
        if tx.session.execute(used).first() is None:  # used at this moment by another request
            raise Refused("link_used")
        others = (SignIn.person_id == person_id, SignIn.kind.in_((SESSION, LINK)))
        tx.session.execute(delete(SignIn).where(*others))
        tx.session.get_one(Person, person_id).password_hash = hashed
        tx.record(Event("password_set", codes={"person": person_id}))
    return login


def invited_person(store: Store, secret: str) -> tuple[str, str]:
    """Id and account of the person whom the link is for; raises Refused link_used."""
    valid = (SignIn.digest == secret_digest(secret), SignIn.kind == LINK)
    with store.read() as session:
        person_id = session.scalar(
            select(SignIn.person_id)
            .join(Person, Person.id == SignIn.person_id)
            .where(*valid, SignIn.expires_at > clock.wall(), Person.disabled_at.is_(None)),
        )
        if person_id is None:
            raise Refused("link_used")
        return person_id, identities(session, store.seal, [person_id])[person_id]["login"]
