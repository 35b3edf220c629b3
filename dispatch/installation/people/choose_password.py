"""A person who has a one-time link chooses a password."""

from sqlalchemy import delete

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store.city_names import city_names
from dispatch.store.enrolment import record_person
from dispatch.store.passwords import hash_password
from dispatch.store.people import LINK, SESSION, TOKEN, is_kept_by_day
from dispatch.store.sealing import identities
from dispatch.store.sign_ins import end_sign_ins, secret_digest, whose_link
from dispatch.store.tables import Person, SignIn
from dispatch.store.transaction import Store


def choose_password(store: Store, secret: str, password: str) -> str:
    """Sets the password and returns the account; raises Refused link_used, and as hash_password.

    Sessions and tokens of the person end, for whoever knew the old password must be out.
    """
    person_id, login, name = _invited(store, secret)
    with store.read() as session:
        city = city_names(store, session)
    hashed = hash_password(password, login, name, city)
    with store.write() as tx:
        used = delete(SignIn).where(SignIn.digest == secret_digest(secret)).returning(SignIn.digest)
        if tx.session.execute(used).first() is None:  # used at this moment by another request
            raise Refused("link_used")
        end_sign_ins(tx.session, store.seal, person_id, (SESSION, TOKEN, LINK))
        tx.session.get_one(Person, person_id).password_hash = hashed
        by_day = is_kept_by_day(tx.session, person_id, clock.wall())
        record_person(tx, "password_set", person_id, by_day=by_day)
    return login


def invited_person(store: Store, secret: str) -> tuple[str, str]:
    """Id and account of the person whom the link is for; raises Refused link_used."""
    return _invited(store, secret)[:2]


def _invited(store: Store, secret: str) -> tuple[str, str, str]:
    """Id, account and name."""
    with store.read() as session:
        person_id = whose_link(session, store.seal, secret, LINK, clock.wall())
        person = session.get(Person, person_id) if person_id else None
        if person_id is None or person is None or person.disabled_at is not None:
            raise Refused("link_used")
        identity = identities(session, store.seal, [person_id])[person_id]
        return person_id, identity["login"], identity["name"]
