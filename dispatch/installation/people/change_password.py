"""A signed-in person changes their own password."""

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store.city_names import city_names
from dispatch.store.devices import Device
from dispatch.store.enrolment import record_person
from dispatch.store.guesses import SignInOrigin, check_password, refuse_changed
from dispatch.store.passwords import hash_password
from dispatch.store.people import LINK, SESSION, TOKEN, is_kept_by_day
from dispatch.store.sealing import identities
from dispatch.store.sign_ins import end_sign_ins, those_open
from dispatch.store.tables import Person
from dispatch.store.transaction import Store, Transaction


def change_password(
    store: Store, person_id: str, old: str, new: str, origin: SignInOrigin, but: str
) -> Device:
    """Every other session, token and link of the person ends; the session of the digest `but` goes
    on. Returns the device, which knows the account by the new password. Raises Refused
    wrong_password, not_signed_in, and as hash_password and check_password.
    """
    with store.read() as session:
        identity = identities(session, store.seal, [person_id])[person_id]
        city = city_names(store, session)
    try:
        checked = check_password(store, identity["login"], old, origin)
        hashed = hash_password(new, identity["login"], identity["name"], city)
        with store.write() as tx:
            refuse_changed(tx, checked)
            _set_password(tx, person_id, hashed, but)
        return origin.device.with_account(store.seal, checked.person.login_ref, hashed)
    except Refused as refused:
        raise _wrong(refused) from None


def _set_password(tx: Transaction, person_id: str, hashed: str, but: str) -> None:
    if but and but not in those_open(tx.session, [but], clock.wall()):
        raise Refused("not_signed_in")
    end_sign_ins(tx.session, tx.seal, person_id, (SESSION, TOKEN, LINK), but)
    tx.session.get_one(Person, person_id).password_hash = hashed
    by_day = is_kept_by_day(tx.session, person_id, clock.wall())
    record_person(tx, "password_set", person_id, by_day=by_day)


def _wrong(refused: Refused) -> Refused:
    """Whoever is signed in is not asked to sign in because of a slip."""
    return Refused("wrong_password") if refused.code == "bad_credentials" else refused
