"""A session or token is still in use: noted now and then, never on each request."""

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from dispatch import clock
from dispatch.store.people import Authentication
from dispatch.store.tables import SignIn
from dispatch.store.transaction import Store

EVERY: Final = timedelta(minutes=10)


def note_visit(store: Store, admission: Authentication) -> None:
    at = clock.wall()
    if at - admission.seen_at < EVERY:
        return
    with store.write() as tx:
        tx.session.execute(
            update(SignIn).where(SignIn.digest == admission.digest).values(seen_at=at),
        )
