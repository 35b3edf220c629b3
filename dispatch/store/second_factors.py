"""Second factors: codes of an app (TOTP, RFC 6238) and recovery codes, each taken once."""

import base64
import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Final

import pyotp
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.store.sealing import Seal
from dispatch.store.tables import Person, RecoveryCode, SecondFactor
from dispatch.store.transaction import Transaction
from dispatch.store.written import UNPROVED

RECOVERY_CODES: Final = 10
_STEP_S: Final = 30
_DRIFT: Final = (0, -1, 1)  # steps by which a phone's clock may differ, the likeliest first
_OFFER_LASTS: Final = timedelta(minutes=15)
_SECRET_BYTES: Final = 20  # as RFC 4226 recommends
# Without those that look alike on paper.
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_HALF: Final = 5  # signs of a recovery code on each side of its hyphen: 50 random bits


def new_offer(at: datetime) -> str:
    """Names a secret that is shown but not yet kept; without the seal's key it tells nothing."""
    return f"{int(at.timestamp())}.{secrets.token_hex(16)}"


def offered_secret(seal: Seal, person_id: str, offer: str, at: datetime) -> str:
    """The secret of an offer, as apps take it (base32); raises Refused offer_over after 15 min."""
    written = offer.partition(".")[0]
    made = int(written) if written.isascii() and written.isdigit() and len(written) < 12 else 0
    if not timedelta() <= timedelta(seconds=at.timestamp() - made) <= _OFFER_LASTS:
        raise Refused("offer_over")
    drawn = bytes.fromhex(seal.ref("second factor", person_id, offer))
    return base64.b32encode(drawn[:_SECRET_BYTES]).decode()


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The half minute whose code this is; None where it is none of now, one before or after."""
    now, app, shown = int(at.timestamp()) // _STEP_S, pyotp.HOTP(secret), plain_code(code)
    near = (now + by for by in _DRIFT)
    return next((step for step in near if hmac.compare_digest(app.at(step), shown)), None)


def plain_code(code: str) -> str:
    """As it is compared: without blanks and hyphens, in capitals, whatever width it was typed in.
    Signs that no code has become question marks.
    """
    plain = unicodedata.normalize("NFKC", code).upper().encode("ascii", "replace").decode()
    return "".join(sign for sign in plain if sign not in "- ")


def kept_second_factor(session: Session, person_id: str) -> bytes | None:
    """The second factor as it is kept, sealed, another one each time it is set up; None where there
    is none.
    """
    return session.scalar(select(SecondFactor.box).where(SecondFactor.person_id == person_id))


def keep_second_factor(
    tx: Transaction, person_id: str, secret: str, step: int, at: datetime
) -> list[str]:
    """Replaces the person's second factor and returns new recovery codes, of which only digests are
    kept. `step`: that of the code by which it was confirmed.
    """
    tx.session.get(Person, person_id, with_for_update=True)  # two at once would collide
    forget_second_factor(tx, person_id)
    box = tx.seal.close(secret)
    tx.session.add(SecondFactor(person_id=person_id, box=box, last_step=step, set_at=at))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        digest = _digest(tx.seal, person_id, code)
        tx.session.add(RecoveryCode(digest=digest, person_id=person_id))
    return codes


def forget_second_factor(tx: Transaction, person_id: str) -> bool:
    """Deletes it and its recovery codes; False where there was none."""
    kept = tx.session.get(SecondFactor, person_id)
    theirs = select(RecoveryCode).where(RecoveryCode.person_id == person_id)
    for row in (*tx.session.scalars(theirs), *filter(None, [kept])):
        tx.session.delete(row)
    tx.session.flush()
    return kept is not None


def take_code(tx: Transaction, person_id: str, code: str, at: datetime) -> bool:
    """Whether it is the app's code of now, newer than the last one."""
    box = kept_second_factor(tx.session, person_id)
    step = None if box is None else step_of(tx.seal.open(box), code, at)
    if step is None:
        return False
    newer = (SecondFactor.person_id == person_id, SecondFactor.last_step < step)
    taken = update(SecondFactor).where(*newer).values(last_step=step)
    told = taken.returning(SecondFactor.person_id).execution_options(**{UNPROVED: True})
    return tx.session.execute(told).first() is not None


def take_recovery_code(tx: Transaction, person_id: str, code: str) -> bool:
    """Whether it is one of the person's that were not used yet; now it is."""
    digest = _digest(tx.seal, person_id, code)
    row = tx.session.get(RecoveryCode, digest, with_for_update=True)
    if row is not None:
        tx.session.delete(row)
    return row is not None


def codes_left(session: Session, person_id: str) -> int:
    """How many recovery codes the person has not used."""
    theirs = RecoveryCode.person_id == person_id
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(theirs)) or 0


def _new_code() -> str:
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(2 * _HALF))
    return f"{drawn[:_HALF]}-{drawn[_HALF:]}"


def _digest(seal: Seal, person_id: str, code: str) -> str:
    return seal.ref("recovery code", person_id, plain_code(code))
