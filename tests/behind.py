"""Changes behind the city's back: raw statements without its key, looked at and undone."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import JSON, Boolean, LargeBinary, insert, select, text, update
from sqlalchemy.orm import Session

from dispatch.installation.verify_log import LogLook
from dispatch.promises.checks.found import Check
from dispatch.store.tables import InstantType

_UNCHECKED = {
    "sqlite": "PRAGMA defer_foreign_keys = ON",
    "postgresql": "SET LOCAL session_replication_role = replica",
}


class Behind:
    """Somebody who writes the tables, has no key, and whose traces are undone each time."""

    def __init__(self, store, connection):
        self.store = store
        self.connection = connection

    def runs(self, statement):
        return self.connection.execute(statement)

    def found(self, *since: str):
        """The codes of what `verify` names now."""
        look = LogLook(since)
        with Session(self.connection) as session:
            named = []
            for name, looks in look.checks.items():
                looks(self.store, session, check := Check(name))
                named += [each.code for each in check.differences]
            session.expunge_all()
        return named

    def changes(self, column):
        """Another value in the column of one row, where one has a value at all."""
        table, key = column.table, column.table.primary_key.columns
        row = self.runs(select(table).where(column.is_not(None)).limit(1)).mappings().first()
        row = row or self.runs(select(table).limit(1)).mappings().one()
        this = [each == row[each.name] for each in key]
        value = another(column.type, row[column.name])
        self.runs(update(table).where(*this).values({column.name: value}))

    def copies(self, table, **values):
        """A row like one that is there, but for these values."""
        row = dict(self.runs(select(table).limit(1)).mappings().one())
        self.runs(insert(table).values(row | values))


@contextmanager
def behind(store):
    """What is done within is undone at the end; nothing checks that rows fit each other."""
    engine = store._engines.write  # noqa: SLF001 - past all that notes what is written
    with engine.connect() as connection:
        connection.execute(text(_UNCHECKED[connection.dialect.name]))
        yield Behind(store, connection)
        connection.rollback()


def another(kind, value):
    """A value of this type that is not the one given."""
    if isinstance(kind, InstantType):
        return _later(value)
    if isinstance(kind, JSON):
        return [*value, "x"] if isinstance(value, list) else {**(value or {}), "x": 1}
    if isinstance(kind, LargeBinary):
        return bytes((value[0] ^ 1,)) + value[1:]
    if isinstance(kind, Boolean):
        return not value
    if kind.python_type is str:
        return (value[:-1] if value else "") + ("x" if not value or value[-1] != "x" else "y")
    return (value or 0) + 1_000_000  # far from what a unique key has


def _later(value):
    return (value or datetime(2026, 1, 1, tzinfo=UTC)) + timedelta(microseconds=1)
