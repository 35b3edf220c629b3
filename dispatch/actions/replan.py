"""A promise moves: its due time and its waiting rungs anew, from its events."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.actions.clocks import Policy, Row, cancel_rungs, rungs_of
from dispatch.actions.due_times import due_of, pauses_of, taken_of
from dispatch.store.rows import add_rows
from dispatch.store.tables import Promise, Rung


def plan_again(
    session: Session, policy: Policy, promise: Promise, *, anew: datetime | None = None
) -> None:
    """Due time and waiting rungs of an open promise from its events; what fired stays fired.

    `anew`: rungs after this moment come again, for they fired for a due time that was not theirs.
    """
    session.flush()
    pauses, row = pauses_of(session, promise), _columns(promise)
    taken, book = taken_of(session, promise).values(), policy.editions(promise.playbook_version)
    own, _ = due_of(book, row, pauses)
    row["due_at"], row["flag"] = due_of(book, row, pauses, taken)
    hastened = own != row["due_at"]
    running = promise.state == "running"
    planned = rungs_of(policy, row, tuple(pauses), hastened=hastened) if running else []
    promise.due_at, promise.flag = row["due_at"], row["flag"]
    cancel_rungs(session, promise)
    done = _done(session, promise)
    waits = [
        each for each in planned if _place(each) not in done or (anew and each["due_at"] > anew)
    ]
    add_rows(session, Rung, waits)


def _done(session: Session, promise: Promise) -> set[tuple[int, int]]:
    """The rungs that had their turn, by level and turn."""
    rows = session.execute(
        select(Rung.level, Rung.turn).where(
            Rung.promise_id == promise.id, Rung.state.in_(("fired", "overtaken", "failed"))
        ),
    )
    return {(level, turn) for level, turn in rows}


def _place(rung: Row) -> tuple[int, int]:
    return rung["level"], rung["turn"]


def _columns(promise: Promise) -> Row:
    return {each.key: getattr(promise, each.key) for each in Promise.__mapper__.column_attrs}
