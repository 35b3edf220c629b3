"""Records, at most every ten minutes, that a session or token is still in use."""

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from dispatch import clock
from dispatch.store.marks import to_the_day
from dispatch.store.people import Authentication
from dispatch.store.tables import SignIn
from dispatch.store.transaction import Store

EVERY: Final = timedelta(minutes=10)


def note_visit(store: Store, authentication: Authentication) -> None:
    """A volunteer's visits are kept to the day: their last one would stand beside an alert."""
    at = clock.wall()
    if authentication.access.is_kept_by_day:
        at = to_the_day(at)
    if at - authentication.seen_at < EVERY:
        return
    with store.write() as tx:
        tx.session.execute(
            update(SignIn).where(SignIn.digest == authentication.digest).values(seen_at=at),
        )
