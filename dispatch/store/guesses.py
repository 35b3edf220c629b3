"""Checks passwords and codes, and bounds wrong ones: by device or address, and by account."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.errors import Refused
from dispatch.store.audit import LOCKED_OUT, SIGN_IN_FAILED, AuditEvent, done_by
from dispatch.store.devices import Device
from dispatch.store.enrolment import record_person
from dispatch.store.passwords import matches
from dispatch.store.people import is_kept_by_day, login_ref, person_by_login
from dispatch.store.second_factors import kept_second_factor, take_code, take_recovery_code
from dispatch.store.tables import FailedSignIn, GuessedAccount, Person
from dispatch.store.transaction import Store, Transaction

# One guess at a time for each account, or a hundred parallel guesses would all be checked before
# the first is counted.
_QUEUES: Final = tuple(threading.Lock() for _ in range(64))
# A fifth of an hour's guesses is kept for devices where the account has signed in before, so that
# strangers who use up theirs lock nobody out of a known device.
_KEPT_FOR_KNOWN: Final = 5
_HOUR: Final = timedelta(hours=1)
_LONGEST_LOCK: Final = timedelta(days=1)  # the most that DISPATCH_LOCK_OUT_MINUTES takes


@dataclass(frozen=True)
class SignInOrigin:
    """Where a password comes from; `browser`: with its system, as the person knows them."""

    address: str
    device: Device
    browser: str = ""


@dataclass(frozen=True)
class CheckedPerson:
    """Whose password was right. `factor`: what their code was compared with, sealed; None where
    there was none, or where it was not asked for (`asks_code`).
    """

    person: Person
    asks_code: bool
    factor: bytes | None = None


@dataclass(frozen=True)
class _Counters:
    """The keys of two counters, and how many guesses an hour the second one takes.

    `nearby`: account and known device, or account and address. `anywhere`: the account alone, for
    known devices and for strangers. Both hang on the present password, so that a new one lifts the
    lock.
    """

    nearby: str
    anywhere: str
    hourly: int


def check_password(
    store: Store, login: str, password: str, origin: SignInOrigin, code: str | None = None
) -> CheckedPerson:
    """The person of the account, who is not disabled; raises Refused bad_credentials, locked_out,
    account_guessed or busy.

    `code`: of the second factor, for those who have one, or empty where none was typed; None: it is
    not asked. Raises Refused code_wanted or wrong_code, too.
    """
    account = login_ref(store.seal, login)
    with _QUEUES[int(account[:8], 16) % len(_QUEUES)]:
        with store.read() as session:
            person = person_by_login(session, store.seal, login)
            counters = _counters(store, account, origin, person)
            _refuse_locked(session, counters)
        is_right = matches(password, person.password_hash if person else None)
        if person is None or not is_right or person.disabled_at is not None:
            _count_failure(store, counters, person, origin.address)
            raise Refused("bad_credentials")
        if code is None:
            return CheckedPerson(person, asks_code=False)
        factor = _check_code(store, person, code, counters, origin)
    return CheckedPerson(person, asks_code=True, factor=factor)


def _check_code(
    store: Store, person: Person, code: str, counters: _Counters, origin: SignInOrigin
) -> bytes | None:
    """The second factor that took the code, as it is kept; None where there is none. A wrong code
    counts as a wrong password; whoever typed none has not guessed.
    """
    with store.read() as session:
        factor = kept_second_factor(session, person.id)
    if factor is None:
        return None
    if not code:
        raise Refused("code_wanted")
    at = clock.wall()
    with store.write() as tx:
        if take_code(tx, person.id, code, at):
            return factor
        if take_recovery_code(tx, person.id, code):
            by_day = is_kept_by_day(tx.session, person.id, at)
            record_person(tx, "recovery_code_used", person.id, by_day=by_day)
            return factor
    _count_failure(store, counters, person, origin.address)
    raise Refused("wrong_code")


def is_known_device(store: Store, login: str, device: Device) -> bool:
    """Whether the account has signed in on it with its present password."""
    with store.read() as session:
        person = person_by_login(session, store.seal, login)
        return person is not None and device.knows(
            store.seal, person.login_ref, person.password_hash
        )


def refuse_changed(tx: Transaction, checked: CheckedPerson) -> None:
    """Raises Refused bad_credentials where the password was changed, or the person disabled, after
    it was checked: who holds an old password must not come in behind its change. Raises Refused
    code_wanted where a code was asked for, and the second factor is another one by now.
    """
    person = checked.person
    kept = tx.session.get_one(Person, person.id, with_for_update=True)
    if kept.password_hash != person.password_hash or kept.disabled_at is not None:
        raise Refused("bad_credentials")
    if checked.asks_code and kept_second_factor(tx.session, person.id) != checked.factor:
        raise Refused("code_wanted")


def forget_guesses(tx: Transaction, person: Person, origin: SignInOrigin, at: datetime) -> None:
    """After the right password: wrong ones from here count no more, old ones of anybody go."""
    here = FailedSignIn.ref == _nearby(tx, person, origin)
    over = FailedSignIn.last_at <= at - _LONGEST_LOCK
    tx.session.execute(delete(FailedSignIn).where(here | over))
    tx.session.execute(delete(GuessedAccount).where(GuessedAccount.forgotten_at <= at))


def _nearby(tx: Transaction, person: Person, origin: SignInOrigin) -> str:
    account, kept = person.login_ref, person.password_hash or ""
    is_known = origin.device.knows(tx.seal, account, kept)
    return tx.seal.ref("guesses", account, origin.device.id if is_known else origin.address, kept)


def _counters(store: Store, account: str, origin: SignInOrigin, person: Person | None) -> _Counters:
    kept = (person.password_hash if person else None) or ""
    most, seal = store.settings.guesses_per_hour, store.seal
    for_known = max(1, most // _KEPT_FOR_KNOWN)
    if origin.device.knows(seal, account, kept):
        known = seal.ref("guesses", account, origin.device.id, kept)
        return _Counters(known, seal.ref("guessed", account, "known", kept), for_known)
    strange = seal.ref("guesses", account, origin.address, kept)
    hourly = max(1, most - for_known)
    return _Counters(strange, seal.ref("guessed", account, "strange", kept), hourly)


def _refuse_locked(session: Session, counters: _Counters) -> None:
    at = clock.wall()
    failed = session.get(FailedSignIn, counters.nearby)
    if failed and failed.locked_until and failed.locked_until > at:
        raise Refused("locked_out", minutes=_minutes(failed.locked_until - at))
    guessed = session.get(GuessedAccount, counters.anywhere)
    if guessed is None:
        return
    one, at_once = _pace(counters.hourly)
    wait = guessed.forgotten_at - at - one * (at_once - 1)
    if wait > timedelta():
        raise Refused("account_guessed", minutes=_minutes(wait))


def _pace(hourly: int) -> tuple[timedelta, int]:
    """How long a guess counts, and how many are taken at once: half of an hour's at once and half
    of them in the hour that follows, so that no hour has more, wherever it begins.
    """
    at_once = (hourly + 1) // 2
    return _HOUR / max(1, hourly - at_once), at_once


def _minutes(span: timedelta) -> int:
    return ceil(span.total_seconds() / 60)


def _count_failure(store: Store, counters: _Counters, person: Person | None, address: str) -> None:
    """Counts a wrong password nearby and anywhere, and writes it into the audit trail."""
    with store.write() as tx:
        is_locked = _count_nearby(tx, counters.nearby)
        is_full = _count_anywhere(tx, counters)
        code = LOCKED_OUT if is_locked or is_full else SIGN_IN_FAILED
        tx.audit(_told(tx, code, person, address))


def _count_nearby(tx: Transaction, ref: str) -> bool:
    """Whether it is locked now; failures are forgotten after the time of a lock-out."""
    settings = tx.settings
    at, window = clock.wall(), timedelta(minutes=settings.lock_out_minutes)
    failed = tx.session.get(FailedSignIn, ref, with_for_update=True)
    if failed is None or failed.last_at <= at - window:
        failed = tx.session.merge(FailedSignIn(ref=ref, failures=0, last_at=at))
    failed.failures += 1
    failed.last_at = at
    failed.locked_until = at + window if failed.failures >= settings.lock_out_after else None
    return failed.locked_until is not None


def _count_anywhere(tx: Transaction, counters: _Counters) -> bool:
    """Whether the account takes no more now; failures are forgotten one by one."""
    at, (one, at_once) = clock.wall(), _pace(counters.hourly)
    guessed = tx.session.get(GuessedAccount, counters.anywhere, with_for_update=True)
    forgotten = (max(at, guessed.forgotten_at) if guessed else at) + one
    tx.session.merge(GuessedAccount(ref=counters.anywhere, forgotten_at=forgotten))
    return forgotten - at > one * (at_once - 1)


def _told(tx: Transaction, code: str, person: Person | None, address: str) -> AuditEvent:
    """An account that nobody has may be a volunteer's, mistyped: to the day, without address."""
    if person is None:
        return AuditEvent(code, by_day=True)
    by_day = is_kept_by_day(tx.session, person.id, clock.wall())
    return done_by(tx.seal, code, person.id, by_day=by_day, address=address)
