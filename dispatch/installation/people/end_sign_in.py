"""A person, or the administrator for them, ends sessions and tokens."""

from dispatch.errors import Refused
from dispatch.store import sign_ins
from dispatch.store.people import SESSION, TOKEN
from dispatch.store.transaction import Store


def end_sign_in(store: Store, person_id: str, sign_in_id: str) -> None:
    """Ends one; raises Refused unknown_sign_in where the person has none of this id."""
    with store.write() as tx:
        if not sign_ins.delete_sign_in(tx.session, store.seal, person_id, sign_in_id):
            raise Refused("unknown_sign_in")


def sign_out_everywhere(store: Store, person_id: str) -> None:
    """Ends every session of the person; tokens of programs go on."""
    with store.write() as tx:
        sign_ins.end_sign_ins(tx.session, store.seal, person_id, (SESSION,))


def end_all(store: Store, person_id: str) -> None:
    """Ends every session and every token of the person."""
    with store.write() as tx:
        sign_ins.end_sign_ins(tx.session, store.seal, person_id, (SESSION, TOKEN))
