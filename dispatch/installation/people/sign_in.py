"""Signs a person in with account and password."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.roles import Access
from dispatch.errors import Refused
from dispatch.store.passwords import matches
from dispatch.store.people import SESSION, access_of, login_ref, person_by_login
from dispatch.store.sign_ins import NewSignIn, add_sign_in
from dispatch.store.tables import FailedSignIn, Person, SignIn
from dispatch.store.transaction import Store

# One guess at a time for each account and address, or a hundred parallel guesses would all be
# checked before the first is counted.
_QUEUES: Final = tuple(threading.Lock() for _ in range(64))


@dataclass(frozen=True)
class SignedIn:
    """A new session; `secret` goes into the cookie and is not kept."""

    access: Access
    secret: str
    csrf: str
    seconds: int


def sign_in(store: Store, login: str, password: str, address: str) -> SignedIn:
    """Raises Refused bad_credentials, locked_out or busy."""
    account = login_ref(store.seal, login)
    with _QUEUES[int(account[:8], 16) % len(_QUEUES)]:
        with store.read() as session:
            person = person_by_login(session, store.seal, login)
            guesses = _guesses(store, account, address, person)
            _refuse_locked(session.get(FailedSignIn, guesses))
        if not matches(password, person.password_hash if person else None):
            _count_failure(store, guesses)
            raise Refused("bad_credentials")
    if person is None or person.disabled_at is not None:
        raise Refused("bad_credentials")
    return _open_session(store, person, guesses)


def _guesses(store: Store, account: str, address: str, person: Person | None) -> str:
    """The key of the counter of wrong guesses: account and address, so that nobody locks others
    out.

    Also the present password's hash, so that a new password lifts the lock.
    """
    kept = (person.password_hash if person else None) or ""
    return store.seal.ref("guesses", account, address, kept)


def _refuse_locked(failed: FailedSignIn | None) -> None:
    if failed and failed.locked_until and failed.locked_until > clock.wall():
        seconds = (failed.locked_until - clock.wall()).total_seconds()
        raise Refused("locked_out", minutes=ceil(seconds / 60))


def _count_failure(store: Store, guesses: str) -> None:
    """Failures are forgotten after the time of a lock-out."""
    settings = store.settings
    at, window = clock.wall(), timedelta(minutes=settings.lock_out_minutes)
    with store.write() as tx:
        failed = tx.session.get(FailedSignIn, guesses, with_for_update=True)
        if failed is None or failed.last_at <= at - window:
            failed = tx.session.merge(FailedSignIn(ref=guesses, failures=0, last_at=at))
        failed.failures += 1
        failed.last_at = at
        failed.locked_until = at + window if failed.failures >= settings.lock_out_after else None


def _open_session(store: Store, person: Person, guesses: str) -> SignedIn:
    at, lasts = clock.wall(), timedelta(hours=store.settings.session_hours)
    csrf = secrets.token_urlsafe(24)
    with store.write() as tx:
        _forget_old(tx.session, at, guesses)
        access = access_of(tx.session, person, at)
        new = NewSignIn(person.id, SESSION, lasts, csrf, by_day=access.is_kept_by_day)
        secret = add_sign_in(tx.session, store.seal, new, at)
    return SignedIn(access, secret, csrf, int(lasts.total_seconds()))


def _forget_old(session: Session, at: datetime, guesses: str) -> None:
    """Deletes ended sessions; no nightly job is needed."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= at))
    session.execute(delete(FailedSignIn).where(FailedSignIn.ref == guesses))
