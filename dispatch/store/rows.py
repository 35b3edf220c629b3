"""Writes rows with SQLAlchemy Core on the session's connection, at half the cost of objects."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from dispatch.store.tables import Base
from dispatch.store.written import note_written

RowValues = dict[str, Any]
_CONNECTION: Final = "connection"


def add_rows(session: Session, row: type[Base], values: Sequence[RowValues]) -> None:
    """Inserts the rows in one statement; no statement where there are none."""
    if values:
        connection_of(session).execute(_insert(row), values)
        note_written(session, row, values)


def add_if_new(session: Session, row: type[Base], values: RowValues) -> bool:
    """Inserts a row and returns True; False where one of its unique keys exists already."""
    dialect = session.get_bind().dialect.name
    inserted = connection_of(session).execute(_insert_if_new(row, dialect), values)
    if inserted.first() is None:
        return False
    note_written(session, row, [values])
    return True


def add_those_new(session: Session, row: type[Base], values: Sequence[RowValues]) -> set[Any]:
    """Inserts in one statement the rows of which no unique key exists; returns their keys."""
    dialect = session.get_bind().dialect.name
    inserted = connection_of(session).execute(_insert_if_new(row, dialect), values)
    new, key = set(inserted.scalars()), _table(row).primary_key.columns[0].name
    note_written(session, row, [each for each in values if each[key] in new])
    return new


def connection_of(session: Session) -> Connection:
    """The connection of the session's transaction, cached: asking the session each time is
    measurable.
    """
    held = session.info.get(_CONNECTION)
    if held is None:
        held = session.info[_CONNECTION] = session.connection()
    return cast("Connection", held)


@cache
def _insert(row: type[Base]) -> Insert:
    return insert(_table(row))


@cache
def _insert_if_new(row: type[Base], dialect: str) -> ReturningInsert[Any]:
    key = _table(row).primary_key.columns[0]
    if dialect == "postgresql":
        return postgresql.insert(_table(row)).on_conflict_do_nothing().returning(key)
    return sqlite.insert(_table(row)).on_conflict_do_nothing().returning(key)


def _table(row: type[Base]) -> Table:
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row} is no table")
    return table
