"""Opens the database: SQLite for one process, PostgreSQL for several."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from dispatch.store.database_file import DatabaseFile, file_of
from dispatch.store.write_queue import WriteQueue, writes_wait

_NEARLY_MS = 250
BUSY_TIMEOUT_MS = 5_000 - _NEARLY_MS  # with what the turn took, five seconds in all
_WAITS = "busy_timeout_ms"  # of a connection, what it was told last
# Error codes of a file that is there but locked.
SQLITE_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# A checkpoint makes one writer wait for two more syncs. An alert writes some seventy pages, mostly
# the same ones as the alert before, so checkpoints are rare: every 16 MiB.
PAGES_TO_CHECKPOINT = 4_000


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


# The rows of an alert hold several JSON values: a fast serialiser is measurable.
_COMMON: Final[dict[str, Any]] = {
    "hide_parameters": True,  # errors repeat no value: they end in the log
    "json_serializer": _to_json,
    "json_deserializer": orjson.loads,
}


@dataclass(frozen=True)
class Engines:
    """One engine for reads with consistent snapshots, one for writes. `queue` and `file`:
    SQLite's.
    """

    read: Engine
    write: Engine
    is_sqlite: bool
    queue: WriteQueue | None = None
    file: DatabaseFile | None = None

    def turn(self) -> AbstractContextManager[None]:
        """The turn to write; raises Refused writes_wait where it does not come in time."""
        return self.queue.turn() if self.queue else nullcontext()

    def must_be_there(self) -> None:
        """Raises Refused database_away where the file that was opened is gone or another one."""
        if self.file:
            self.file.must_be_there()

    def dispose(self) -> None:
        self.read.dispose()
        self.write.dispose()
        if self.file:
            self.file.forget()


def open_engines(url: str, synchronous: str) -> Engines:
    """`url` as SQLAlchemy writes it; plain postgresql:// means psycopg 3."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engines(url, synchronous)
    parsed = parsed.set(drivername="postgresql+psycopg")
    write = create_engine(parsed, pool_size=20, max_overflow=60, pool_pre_ping=True, **_COMMON)
    read = write.execution_options(isolation_level="REPEATABLE READ")
    return Engines(read=read, write=write, is_sqlite=False)


def _sqlite_engines(url: str, synchronous: str) -> Engines:
    """A write transaction that begins deferred fails at its first write whenever another one came
    between, whatever the busy timeout: so writes begin IMMEDIATE.
    """
    file, queue = file_of(make_url(url)), WriteQueue()
    read, write = _sqlite(url, synchronous), _sqlite(url, synchronous)

    def begin_writing(connection: Connection) -> None:
        _wait_at_most(connection, queue.left_ms())
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if is_locked(error):
                raise writes_wait() from error
            raise

    _begin_with(read, lambda connection: connection.exec_driver_sql("BEGIN"))
    _begin_with(write, begin_writing)
    if file:
        _watch(read, file)
        _watch(write, file)
    return Engines(read=read, write=write, is_sqlite=True, queue=queue, file=file)


def is_locked(error: DBAPIError) -> bool:
    """Whether another connection to a SQLite file kept this one waiting for too long."""
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in SQLITE_HELD  # the lower byte: the rest says why


def _begin_with(engine: Engine, begin: Callable[[Connection], object]) -> None:
    """The driver's own transactions are off (isolation_level None)."""
    event.listen(engine, "begin", begin)


def _watch(engine: Engine, file: DatabaseFile) -> None:
    """Nothing is begun once the file is gone, and no new one made in its place."""
    event.listen(engine, "do_connect", lambda *_: file.must_be_there())
    event.listen(engine, "connect", lambda *_: file.opened())
    event.listen(engine, "close", lambda *_: file.closed())
    event.listen(engine, "begin", lambda _: file.must_be_there(), insert=True)


def _wait_at_most(connection: Connection, left_ms: int) -> None:
    """SQLite's own wait for another process: never more than is left, and at most `_NEARLY_MS`
    less. It is told only where it has to change: each time costs a statement.
    """
    waits = connection.info.get(_WAITS, BUSY_TIMEOUT_MS)
    if not left_ms - _NEARLY_MS <= waits <= left_ms:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {left_ms}")
        connection.info[_WAITS] = left_ms


def _sqlite(url: str, synchronous: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "check_same_thread": False},
        pool_size=20,
        max_overflow=200,
        **_COMMON,
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"wal_autocheckpoint = {PAGES_TO_CHECKPOINT}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine
