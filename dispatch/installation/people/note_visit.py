"""Records now and then that a session or token is still in use."""

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from dispatch import clock
from dispatch.store.marks import to_the_day
from dispatch.store.people import Authentication
from dispatch.store.tables import SignIn
from dispatch.store.transaction import Store

EVERY: Final = timedelta(minutes=10)
EVERY_OF_DESK: Final = timedelta(minutes=1)  # what is idle is measured by it


def note_visit(store: Store, authentication: Authentication) -> None:
    """A volunteer's visits are kept to the day: their last one would stand beside an alert."""
    at = clock.wall()
    if authentication.access.is_kept_by_day:
        at = to_the_day(at)
    every = EVERY_OF_DESK if authentication.may_idle else EVERY
    if at - authentication.seen_at < every:
        return
    with store.write() as tx:
        tx.session.execute(
            update(SignIn).where(SignIn.digest == authentication.digest).values(seen_at=at),
        )
