"""A throw-away PostgreSQL cluster of the test run: own folder, Unix socket only, no fsync."""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

ROLE = "city"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own in it, gone at the end
ROOM = 2 << 30  # bytes that must be free there: a cluster takes 150 MB, four workers have one each
# Deleting is quicker than truncating where tables are small; without triggers, in any order.
EMPTY = """
DO $$
DECLARE name text;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
  LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
  FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences
  LOOP EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART'; END LOOP;
END $$
"""
# The cluster dies with the tests, so it may forget all that makes a database durable.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "log_min_messages": "fatal",
}


@dataclass
class Cluster:
    """A running server; `folder` holds its files and its socket. `emptying`: by database one
    connection that stays, because a new one costs more than the emptying.
    """

    folder: Path
    server: subprocess.Popen
    emptying: dict[str, psycopg.Connection] = field(default_factory=dict)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{ROLE}@/{name}?host={self.folder}"

    def create(self, name: str, like: str = "template1") -> str:
        """A new database without tables, or a copy of one that nobody is connected to; its URL."""
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        with self.connect("postgres") as connection:
            connection.execute(words.format(sql.Identifier(name), sql.Identifier(like)))
        return self.url(name)

    def empty(self, name: str) -> None:
        """Every row gone, and whoever was still in a transaction."""
        if name not in self.emptying:
            self.emptying[name] = self.connect(name)
        self.emptying[name].execute(EMPTY)

    def connect(self, name: str) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user=ROLE, dbname=name, autocommit=True)

    def stop(self) -> None:
        for connection in self.emptying.values():
            connection.close()
        self.server.send_signal(signal.SIGINT)  # fast shutdown: sessions are rolled back
        try:
            self.server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.server.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Cluster:
    """A cluster that is ready for connections."""
    binaries = newest_binaries()
    folder = Path(tempfile.mkdtemp(prefix="shaodao-pg-", dir=_memory()))
    _give_to_owner(folder)
    initdb = [binaries / "initdb", "-D", folder / "data", "-U", ROLE, "-A", "trust", "--no-sync"]
    initdb += ["-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*_as_owner(), *initdb], check=True, capture_output=True, cwd=folder)
    options = [f"--{name}={value}" for name, value in FORGETFUL.items()]
    serve = [binaries / "postgres", "-D", folder / "data", "-k", folder, *options]
    server = subprocess.Popen([*_as_owner(), *serve], cwd=folder, stderr=subprocess.DEVNULL)
    cluster = Cluster(folder, server)
    _wait_for(cluster)
    return cluster


def newest_binaries() -> Path:
    """Debian keeps one folder for each major version."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = {int(path.parts[-3]): path.parent for path in found if path.parts[-3].isdigit()}
    if not versions:
        message = "PostgreSQL is not installed; `make test` fetches it: apt-get install postgresql"
        raise FileNotFoundError(message)
    return versions[max(versions)]


def _memory() -> Path | None:
    """Where files are in memory; None, a folder of the disk, where that has too little room."""
    is_roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if is_roomy else None


def _owner() -> str:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.geteuid() == 0 else getpass.getuser()


def _as_owner() -> list[str]:
    """The server also ends when the tests are killed and cannot stop it."""
    change = []
    if os.geteuid() == 0:
        change = [f"--reuid={_owner()}", f"--regid={_owner()}", "--init-groups"]
    return ["setpriv", *change, "--pdeathsig", "INT", "--"]


def _give_to_owner(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, _owner(), _owner())


def _wait_for(cluster: Cluster, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and cluster.server.poll() is None:
        try:
            cluster.connect("template1").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    cluster.stop()
    raise TimeoutError("the throw-away PostgreSQL did not come up")
