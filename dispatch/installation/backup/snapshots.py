"""One moment of a running database, copied while others write: by either database's own means."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import NullPool, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dispatch.errors import Refused
from dispatch.installation.backup.postgresql_tools import run_tool, spoken_address, tool_output
from dispatch.store.photos import sync
from dispatch.store.transaction import Store


@dataclass(frozen=True)
class SqliteFile:
    """A copy by SQLite's backup API, in one step: writers go on beside it."""

    name: str = "sqlite"
    file: str = "dispatch.sqlite3"

    @contextmanager
    def copied(self, store: Store, to: Path) -> Iterator[Session]:
        """A session on the copy."""
        address = _path(store.settings.database_url)
        with closing(sqlite3.connect(address)) as running, closing(sqlite3.connect(to)) as copy:
            running.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        sync(to)
        with _reading(to) as session:
            yield session

    def rows(self, copy: Path, tables: list[str]) -> dict[str, int]:
        with _reading(copy) as session:
            found = session.scalar(text("PRAGMA integrity_check"))
            if found != "ok":
                raise sqlite3.DatabaseError(str(found))
            return count_rows(session, tables)

    def is_empty(self, url: str) -> bool:
        return not Path(_path(url)).exists()

    def restore(self, copy: Path, url: str) -> None:
        target = Path(_path(url))
        target.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("rb") as kept, target.open("xb") as file:
            os.fchmod(file.fileno(), 0o600)
            while part := kept.read(1 << 20):
                file.write(part)
            file.flush()
            os.fsync(file.fileno())


@dataclass(frozen=True)
class PostgresqlDump:
    """A dump in PostgreSQL's own format of the same snapshot in which the rows are counted."""

    name: str = "postgresql"
    file: str = "dispatch.dump"

    @contextmanager
    def copied(self, store: Store, to: Path) -> Iterator[Session]:
        """A session in the transaction whose snapshot was dumped."""
        with store.read() as session:
            snapshot = session.scalar(text("SELECT pg_export_snapshot()"))
            options = (f"--snapshot={snapshot}", "--format=custom", *_OF_NOBODY, "--file", to)
            run_tool("pg_dump", store.settings.database_url, *options, writes=to)
            sync(to)
            yield session

    def rows(self, copy: Path, tables: list[str]) -> dict[str, int]:
        """Reads the whole dump: one that is cut off or damaged is refused."""
        found = dict.fromkeys(tables, 0)
        table = None
        with tool_output("pg_restore", "--data-only", "--file=-", copy) as lines:
            for line in lines:
                if table is not None:
                    table = _counted(found, table, line)
                elif line.startswith(b"COPY "):
                    table = line.split()[1].decode().rpartition(".")[2].strip('"')
        return {name: found[name] for name in tables}

    def is_empty(self, url: str) -> bool:
        """Raises Refused database_away where it does not answer."""
        address = make_url(url).set(drivername="postgresql+psycopg")
        try:
            return not inspect(create_engine(address, poolclass=NullPool)).get_table_names()
        except OperationalError as error:
            raise Refused("database_away") from error

    def restore(self, copy: Path, url: str) -> None:
        """All of it or nothing."""
        options = ("--single-transaction", "--exit-on-error", *_OF_NOBODY, copy)
        run_tool("pg_restore", url, *options, writes=spoken_address(url))


# The roles of another server are not known here.
_OF_NOBODY: Final = ("--no-owner", "--no-privileges")
SQLITE: Final = SqliteFile()
POSTGRESQL: Final = PostgresqlDump()
KINDS: Final = (SQLITE, POSTGRESQL)


def database_kind(url: str) -> SqliteFile | PostgresqlDump:
    return SQLITE if make_url(url).get_backend_name() == "sqlite" else POSTGRESQL


def count_rows(session: Session, tables: list[str]) -> dict[str, int]:
    counts = {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables}  # noqa: S608 - names of our own tables
    return {name: count or 0 for name, count in counts.items()}


def _counted(found: dict[str, int], table: str, line: bytes) -> str | None:
    if line == b"\\.\n":
        return None
    found[table] = found.get(table, 0) + 1
    return table


def _path(url: str) -> str:
    return make_url(url).database or ""


@contextmanager
def _reading(file: Path) -> Iterator[Session]:
    """A session on a file that nobody writes to, which leaves nothing beside it."""
    address = f"file:{quote(str(file))}?mode=ro&immutable=1"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool
    )
    with Session(engine) as session:
        yield session
