"""A look at the database that ends soon, whatever holds it: for those who watch the server.

Each look opens a connection of its own: the others may all be waiting for the same table, or hold
a file open that is no more where it was.
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
from dispatch.store.facts import epoch

WAIT_S: Final = 2  # a monitor gives up after ten; libpq waits for a connection no shorter
# What a database that is there says when something holds it: SQLite's and PostgreSQL's own codes.
_SQLITE_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_POSTGRESQL_HELD: Final = frozenset({"55P03", "57014"})  # lock not available, query cancelled


def open_watch(url: str) -> Engine:
    """An engine whose statements give up by themselves."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _begun_with(create_engine("sqlite://", creator=_file(parsed), poolclass=NullPool))
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        connect_args={"connect_timeout": WAIT_S},
        isolation_level="REPEATABLE READ",
    )
    return _begun_with(engine, f"SET LOCAL statement_timeout = '{WAIT_S}s'")


@contextmanager
def look(watch: Engine) -> Iterator[Session]:
    """A consistent snapshot of our tables. Raises Refused database_silent where something holds
    them, database_away where nobody answers or the tables are not ours.
    """
    try:
        with Session(watch) as session:
            epoch(session)  # first of all: whoever asks for anything else may wait with us
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
    """As it lies there now; one that is gone is not made anew."""
    address = f"file:{quote(url.database or '')}?mode=rw"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(
            address, uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
        )

    return opened


def _begun_with(engine: Engine, *statements: str) -> Engine:
    """SQLite's driver begins nothing by itself; what is LOCAL to PostgreSQL ends with the look."""
    begin = ("BEGIN",) if engine.dialect.name == "sqlite" else ()

    @event.listens_for(engine, "begin")
    def emit(connection: Connection) -> None:
        for statement in (*begin, *statements):
            connection.exec_driver_sql(statement)

    return engine
