"""A database that fails the product: a table held by somebody, a file gone, a cluster frozen."""

import os
import shutil
import signal
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import postgres
from sqlalchemy import create_engine, event, make_url, text

# By database: how its tables are taken from everybody, readers too.
_TAKING = {
    "sqlite": ["PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "DELETE FROM rung"],
    "postgresql": ["BEGIN", "LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"],
}


@contextmanager
def held(store, table="rung"):
    """Somebody else keeps this table to themselves; of SQLite's only the whole file can be had."""
    engine = create_engine(store.settings.database_url)
    store.close()  # nobody takes a SQLite file for themselves while others have it open
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as theirs:
        for statement in _TAKING[engine.dialect.name]:
            theirs.execute(text(statement.format(table=table)))
        yield
        theirs.execute(text("ROLLBACK"))
        theirs.detach()
    engine.dispose()


def lose(store):
    """The SQLite file is no more where it was, whoever has it open."""
    Path(make_url(store.settings.database_url).database).unlink()


@contextmanager
def own_cluster():
    """A PostgreSQL that a test may stop."""
    running = postgres.start()
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def frozen(cluster):
    """It takes connections and says nothing, as a machine does that hangs."""
    os.kill(cluster.server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(cluster.server.pid, signal.SIGCONT)


def replace_with_a_copy(store):
    """Another file lies where the SQLite file was, with the same rows; returns where the first one
    is now.
    """
    file = Path(make_url(store.settings.database_url).database)
    aside = file.with_suffix(".aside")
    file.rename(aside)
    shutil.copy(aside, file)
    return aside


@contextmanager
def full(store):
    """No page more has room in the SQLite file, as on a disk that is full."""
    engine = store._engines.write  # noqa: SLF001 - no test fills a disk that others use

    def bound(connection, _record, _proxy):
        connection.execute("PRAGMA max_page_count = 1")  # the least is what it has

    event.listen(engine, "checkout", bound)
    try:
        yield
    finally:
        event.remove(engine, "checkout", bound)
        engine.dispose()


@contextmanager
def writing(store):
    """Another process writes and comes to no end."""
    with closing(sqlite3.connect(make_url(store.settings.database_url).database)) as theirs:
        theirs.isolation_level = None
        theirs.execute("BEGIN IMMEDIATE")
        yield
        theirs.execute("ROLLBACK")
