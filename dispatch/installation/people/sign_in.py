"""Signs a person in with account, password and, where they have one, the second factor."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from dispatch import clock
from dispatch.domain.roles import Access
from dispatch.settings import Settings
from dispatch.store.audit import SIGNED_IN, done_by
from dispatch.store.devices import Device
from dispatch.store.expired_sign_ins import end_expired
from dispatch.store.guesses import (
    CheckedPerson,
    SignInOrigin,
    check_password,
    forget_guesses,
    refuse_changed,
)
from dispatch.store.people import SESSION, access_of
from dispatch.store.sign_ins import NewSignIn, add_sign_in
from dispatch.store.tables import SignIn
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class SignedIn:
    """A new session; `secret` goes into the cookie and is not kept. `device`: where it was opened,
    which knows the account from now on.
    """

    access: Access
    secret: str
    csrf: str
    seconds: int
    device: Device


def sign_in(
    store: Store,
    login: str,
    password: str,
    origin: SignInOrigin,
    *,
    code: str = "",
    stays: bool = False,
    before: str = "",
) -> SignedIn:
    """`stays`: on somebody's own phone; volunteers stay signed in there. `before`: the digest of
    the session that this one replaces. Raises Refused bad_credentials, locked_out,
    account_guessed or busy; of whoever has a second factor also code_wanted or wrong_code.
    """
    checked = check_password(store, login, password, origin, code)
    return _open_session(store, checked, origin, before, stays=stays)


def _open_session(
    store: Store, checked: CheckedPerson, origin: SignInOrigin, before: str, *, stays: bool
) -> SignedIn:
    at, csrf, person = clock.wall(), secrets.token_urlsafe(24), checked.person
    with store.write() as tx:
        refuse_changed(tx, checked)
        tx.session.execute(delete(SignIn).where(SignIn.digest == before))
        end_expired(tx, at)  # no nightly job needed
        forget_guesses(tx, person, origin, at)
        access = access_of(tx.session, person, at)
        by_day, used_on = access.is_kept_by_day, origin.browser
        lasts = _lasts(store.settings, stays=stays and by_day)
        new = NewSignIn(person.id, SESSION, lasts, csrf, by_day=by_day, used_on=used_on)
        secret = add_sign_in(tx.session, store.seal, new, at)
        tx.audit(done_by(tx.seal, SIGNED_IN, person.id, by_day=by_day, address=origin.address))
    known = origin.device.with_account(store.seal, person.login_ref, person.password_hash)
    return SignedIn(access, secret, csrf, int(lasts.total_seconds()), known)


def _lasts(settings: Settings, *, stays: bool) -> timedelta:
    return timedelta(days=settings.phone_days) if stays else timedelta(hours=settings.session_hours)
