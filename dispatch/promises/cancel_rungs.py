"""Cancels what a promise still had to come of its ladder."""

from typing import Final, cast

from sqlalchemy import Table, bindparam, literal_column, update
from sqlalchemy.orm import Session

from dispatch.store.rows import connection_of
from dispatch.store.tables import Promise, Rung
from dispatch.store.written import note_written

_CANCEL: Final = (
    update(cast("Table", Rung.__table__))
    .where(Rung.promise_id == bindparam("of_promise"), Rung.state == literal_column("'pending'"))
    .values(state="cancelled")
    .returning(*Rung.__table__.columns)
)


def cancel_rungs(session: Session, promise: Promise) -> None:
    """Cancels the pending rungs in this transaction, so that none fires later in any process.

    Rung objects of this session are not updated: whoever holds one asks its promise first, and one
    that fires in this transaction is written as fired after this.
    """
    rows = connection_of(session).execute(_CANCEL, {"of_promise": promise.id})
    note_written(session, Rung, rows.mappings())
