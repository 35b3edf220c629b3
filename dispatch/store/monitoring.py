"""Reads the database for monitoring: never waits long, whatever locks it.

Each read opens a connection of its own: those of the pool may all be waiting for the same table, or
hold a file open that was moved away.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import quote

from sqlalchemy import URL, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.store.installation_facts import epoch

WAIT_S: Final = 2  # monitors time out after ten; libpq allows no shorter connection time-out
# Error codes of SQLite and PostgreSQL for a database that is there but locked.
_SQLITE_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_POSTGRESQL_HELD: Final = frozenset({"55P03", "57014"})  # lock not available, query cancelled


def open_monitoring_engine(url: str) -> Engine:
    """An engine whose statements time out."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _begun_with(
            create_engine(
                "sqlite://", creator=_file(parsed), poolclass=NullPool, hide_parameters=True
            )
        )
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"connect_timeout": WAIT_S},
        isolation_level="REPEATABLE READ",
    )
    return _begun_with(engine, f"SET LOCAL statement_timeout = '{WAIT_S}s'")


@contextmanager
def bounded_session(watch: Engine) -> Iterator[Session]:
    """A consistent snapshot. Raises Refused database_silent where the tables are locked,
    database_away where the database does not answer or the tables are not ours.
    """
    try:
        with Session(watch) as session:
            epoch(session)  # before anything else, so that a locked table is noticed here
            yield session
    except DBAPIError as error:
        raise Refused("database_silent" if _is_held(error) else "database_away") from error


def _is_held(error: DBAPIError) -> bool:
    told = error.orig
    code = getattr(told, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_HELD  # the lower byte: the rest says why
    return getattr(told, "sqlstate", None) in _POSTGRESQL_HELD


def _file(url: URL) -> Callable[[], sqlite3.Connection]:
    """Opens the file that is at the path now, and never creates one."""
    address = f"file:{quote(url.database or '')}?mode=rw"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
        )

    return opened


def _begun_with(engine: Engine, *statements: str) -> Engine:
    """SQLite's driver begins no transaction by itself; what is LOCAL to PostgreSQL ends with it."""
    begin = ("BEGIN",) if engine.dialect.name == "sqlite" else ()

    @event.listens_for(engine, "begin")
    def emit(connection: Connection) -> None:
        for statement in (*begin, *statements):
            connection.exec_driver_sql(statement)

    return engine
