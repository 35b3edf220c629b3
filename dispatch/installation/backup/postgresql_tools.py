"""Runs pg_dump and pg_restore, which come with PostgreSQL and not with us."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url

from dispatch.errors import Refused

_DEBIAN: Final = Path("/usr/lib/postgresql")  # a folder for each major version
_NO_ROOM: Final = ("No space left on device", "Disk quota exceeded", "File too large")


def find_tool(name: str) -> Path:
    """The newest of Debian's, else that of the search path; raises Refused tool_missing."""
    versions = {
        int(path.parts[-3]): path
        for path in _DEBIAN.glob(f"*/bin/{name}")
        if path.parts[-3].isdigit()
    }
    if versions:
        return versions[max(versions)]
    if found := shutil.which(name):
        return Path(found)
    raise Refused("tool_missing", tool=name)


def run_tool(name: str, url: str, *options: str | Path, writes: str | Path) -> None:
    """Runs a tool on the database of a URL; raises Refused tool_missing, tool_failed, or disk_full
    with what it `writes`.
    """
    command = [find_tool(name), f"--dbname={_without_password(url)}", *options]
    ran = subprocess.run(  # noqa: S603 - a tool that was found above, with our own options
        command, env=_environment(url), capture_output=True, text=True, check=False
    )
    _refuse_failure(name, ran.returncode, ran.stderr, writes)


@contextmanager
def tool_output(name: str, *options: str | Path) -> Iterator[IO[bytes]]:
    """What a tool that needs no database prints; raises Refused tool_missing, tool_failed."""
    command = [find_tool(name), *options]
    with subprocess.Popen(  # noqa: S603 - as above
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as tool:
        if tool.stdout is None or tool.stderr is None:
            raise RuntimeError(name)
        yield tool.stdout
        tool.stdout.close()
        said = tool.stderr.read().decode(errors="replace")
    _refuse_failure(name, tool.returncode, said, options[-1])


def spoken_address(url: str) -> str:
    """A database as a person may read it: without its password."""
    return make_url(url).render_as_string(hide_password=True)


def _refuse_failure(name: str, code: int, said: str, path: str | Path) -> None:
    if code == 0:
        return
    if any(words in said for words in _NO_ROOM):
        raise Refused("disk_full", path=path)
    lines = said.strip().splitlines()
    raise Refused("tool_failed", tool=name, reason=lines[-1] if lines else str(code))


def _parts(url: str) -> tuple[URL, dict[str, str]]:
    parsed = make_url(url)
    options = {name: str(value) for name, value in parsed.query.items()}
    named = {
        "host": parsed.host,
        "port": parsed.port and str(parsed.port),
        "user": parsed.username,
        "dbname": parsed.database,
    }
    return parsed, options | {name: value for name, value in named.items() if value}


def _without_password(url: str) -> str:
    """Everybody on the machine can read the words of a command."""
    return make_conninfo(**_parts(url)[1])


def _environment(url: str) -> dict[str, str]:
    """`PGPASSWORD` has it; messages are in English, so that a full disk is known."""
    password = _parts(url)[0].password
    own = {"PGPASSWORD": str(password)} if password else {}
    return {**os.environ, "LC_ALL": "C", **own}
