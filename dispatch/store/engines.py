"""Opens the database: SQLite for one process, PostgreSQL for several."""

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection

BUSY_TIMEOUT_MS = 10_000
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
    """One engine for reads with consistent snapshots, one for writes."""

    read: Engine
    write: Engine
    is_sqlite: bool

    def dispose(self) -> None:
        self.read.dispose()
        self.write.dispose()


def open_engines(url: str, synchronous: str) -> Engines:
    """`url` as SQLAlchemy writes it; plain postgresql:// means psycopg 3."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Engines(
            read=_sqlite(url, synchronous, begin="BEGIN"),
            write=_sqlite(url, synchronous, begin="BEGIN IMMEDIATE"),
            is_sqlite=True,
        )
    parsed = parsed.set(drivername="postgresql+psycopg")
    write = create_engine(parsed, pool_size=20, max_overflow=60, pool_pre_ping=True, **_COMMON)
    read = write.execution_options(isolation_level="REPEATABLE READ")
    return Engines(read=read, write=write, is_sqlite=False)


def _sqlite(url: str, synchronous: str, *, begin: str) -> Engine:
    """An engine that begins transactions with `begin`; the driver's own are off (isolation_level
    None).

    A write transaction that begins deferred fails at its first write whenever another one came
    between, whatever the busy timeout: so writes begin IMMEDIATE.
    """
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

    @event.listens_for(engine, "begin")
    def emit_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
