"""Named values and counters of the whole installation."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from dispatch.store.rows import connection_of
from dispatch.store.tables import Base, Counter, Fact
from dispatch.store.written import note_written

_OFFSET = "clock_offset_us"
_EPOCH = "epoch"
KEY_MARK = "log_key_mark"
# The log's last hash before a migration chained it anew.
KEPT_HEADS = ("log_head_before_0010", "log_head_before_0011")


def fact(session: Session, name: str) -> str | None:
    """The value of a fact, or None."""
    value: str | None = session.connection().scalar(select(Fact.value).where(Fact.name == name))
    return value


def set_fact(session: Session, name: str, value: str) -> None:
    """Writes a fact, whether it existed before or not."""
    _put(session, Fact, {"name": name, "value": value})


def next_number(session: Session, counter: str) -> int:
    """The next number of a counter, from 1; unique unless the transaction is rolled back."""
    raising = _raising(session.get_bind().dialect.name)
    value = int(connection_of(session).execute(raising, {"name": counter}).scalar_one())
    note_written(session, Counter, [{"name": counter, "value": value}])
    return value


def counter(session: Session, name: str) -> int:
    """The last number of a counter; 0 where none was given."""
    return session.scalar(select(Counter.value).where(Counter.name == name)) or 0


def raise_counter(session: Session, name: str, value: int) -> None:
    """The next number is above `value`."""
    _put(session, Counter, {"name": name, "value": value})


def _put(session: Session, table: type[Fact | Counter], row: dict[str, str | int]) -> None:
    new = _upsert(session)(table).values(row)
    value = {"value": row["value"]}
    session.execute(new.on_conflict_do_update(index_elements=["name"], set_=value))
    note_written(session, table, [row])


@cache
def _raising(dialect: str) -> ReturningInsert[Any]:
    """Built once for each dialect: every alert takes a number."""
    new = postgresql.insert(Counter) if dialect == "postgresql" else sqlite.insert(Counter)
    return (
        new.values(name=bindparam("name"), value=1)
        .on_conflict_do_update(index_elements=["name"], set_={"value": Counter.value + 1})
        .returning(Counter.value)
    )


def _upsert(session: Session) -> Callable[[type[Base]], sqlite.Insert]:
    """The dialect's insert: two classes, alike in what is used here."""
    if session.get_bind().dialect.name == "postgresql":
        return cast("Callable[[type[Base]], sqlite.Insert]", postgresql.insert)
    return sqlite.insert


def epoch(session: Session) -> str:
    """The id of this log, for those who hold a position in it; "0" before `init`."""
    return fact(session, _EPOCH) or "0"


def begin_epoch(session: Session) -> None:
    """Starts a new epoch, as after a restore: positions in the log from before are invalid."""
    set_fact(session, _EPOCH, secrets.token_hex(4))


def clock_offset(session: Session) -> timedelta:
    """How far the test clock was moved; one row, so that every process sees the same time."""
    return timedelta(microseconds=int(fact(session, _OFFSET) or 0))


def set_clock_offset(session: Session, offset: timedelta) -> None:
    """Moves the test clock."""
    set_fact(session, _OFFSET, str(offset // timedelta(microseconds=1)))
