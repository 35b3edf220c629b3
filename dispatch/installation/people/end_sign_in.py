"""A person, or the administrator for them, ends sessions and tokens."""

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store import sign_ins
from dispatch.store.audit import (
    ALL_ENDED,
    SIGN_IN_ENDED,
    SIGN_INS_ENDED,
    TOKEN_ENDED,
    done_by,
    done_to,
)
from dispatch.store.people import SESSION, TOKEN, is_kept_by_day
from dispatch.store.transaction import Store, Transaction


def end_sign_in(store: Store, person_id: str, sign_in_id: str, *, by_admin: bool = False) -> None:
    """Ends one; raises Refused unknown_sign_in where the person has none of this id."""
    with store.write() as tx:
        kind = sign_ins.delete_sign_in(tx.session, store.seal, person_id, sign_in_id)
        if kind is None:
            raise Refused("unknown_sign_in")
        code = TOKEN_ENDED if kind == TOKEN else SIGN_IN_ENDED
        _audit(tx, code, person_id, by_admin=by_admin)


def sign_out_everywhere(store: Store, person_id: str) -> None:
    """Ends every session of the person; tokens of programs go on."""
    with store.write() as tx:
        sign_ins.end_sign_ins(tx.session, store.seal, person_id, (SESSION,))
        _audit(tx, SIGN_INS_ENDED, person_id, by_admin=False)


def end_all(store: Store, person_id: str) -> None:
    """Ends every session and every token of the person, for the administrator."""
    with store.write() as tx:
        sign_ins.end_sign_ins(tx.session, store.seal, person_id, (SESSION, TOKEN))
        _audit(tx, ALL_ENDED, person_id, by_admin=True)


def _audit(tx: Transaction, code: str, person_id: str, *, by_admin: bool) -> None:
    """Who ends their own did it; what the administrator ends is done with somebody's account."""
    by_day = is_kept_by_day(tx.session, person_id, clock.wall())
    if by_admin:
        tx.audit(done_to(tx.seal, code, person_id, by_day=by_day, codes={}))
    else:
        tx.audit(done_by(tx.seal, code, person_id, by_day=by_day))
