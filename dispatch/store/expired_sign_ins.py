"""Takes away sign-ins whose time is over; that a token ended is written into the audit trail."""

from datetime import datetime

from sqlalchemy import delete

from dispatch.store.audit import TOKEN_EXPIRED, done_to
from dispatch.store.people import TOKEN, is_kept_by_day
from dispatch.store.sign_ins import owner_in
from dispatch.store.tables import SignIn
from dispatch.store.transaction import Transaction


def end_expired(tx: Transaction, at: datetime) -> None:
    """Sessions and links end without a word: they were short, and nobody acts by them unseen."""
    over = delete(SignIn).where(SignIn.expires_at <= at).returning(SignIn.kind, SignIn.box)
    for kind, box in tx.session.execute(over).all():
        person_id = owner_in(tx.seal, box) if kind == TOKEN else None
        if person_id is not None:
            by_day = is_kept_by_day(tx.session, person_id, at)
            tx.audit(done_to(tx.seal, TOKEN_EXPIRED, person_id, by_day=by_day, codes={}))
