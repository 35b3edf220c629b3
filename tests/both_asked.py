"""What SQLite was asked, PostgreSQL was asked as well: looked at after a whole run.

Stories are told on SQLite. What the two databases could answer differently is a statement, so each
statement that the product built and SQLite was sent has to be sent to PostgreSQL by some test:
`pytest --both-asked` (`make test`) gathers them over all workers and names those that were not.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import CompileError

OPTION: Final = "--both-asked"
_SHARED: Final = "both_asked"
_OF_A_MIGRATION: Final = "_alembic_tmp_"  # SQLite changes a table by copying it
_NEITHER: Final = DefaultDialect()
_PRODUCT: Final = f"{os.sep}dispatch{os.sep}"
_TESTS: Final = str(Path(__file__).parent)

# For each database the shapes that it was asked, each with the test that asked first.
Asked = dict[str, dict[str, str]]


def shape(compiled: Any) -> str | None:
    """A query or a change of rows as text that is the same for both databases; None for another
    statement, and for what each of them says in its own way (`ON CONFLICT` and its like: the rooms
    that write such a statement test it on both).
    """
    statement = compiled.statement
    if not (statement.is_select or statement.is_dml):
        return None
    try:
        told = str(statement.compile(dialect=_NEITHER))
    except CompileError:
        return None
    return None if _OF_A_MIGRATION in told else told


def left_out(asked: Asked) -> dict[str, str]:
    """The shapes that only SQLite was asked, in order, with their tests."""
    return {
        each: by for each, by in sorted(asked["sqlite"].items()) if each not in asked["postgresql"]
    }


def is_products_own(files: Iterator[str]) -> bool:
    """Did the product build the statement? `files`: those of the callers, the innermost first."""
    ours = (file for file in files if _PRODUCT in file or file.startswith(_TESTS))
    return not next(ours, _TESTS).startswith(_TESTS)


def files_of(frame: FrameType | None) -> Iterator[str]:
    """The files of a call and of its callers, the innermost first."""
    while frame is not None:
        yield frame.f_code.co_filename
        frame = frame.f_back


class BothAsked:
    """The pytest plugin. Workers gather and hand on; the process that started them compares."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seen: set[tuple[str, str]] = set()
        self._asked: Asked = {"sqlite": {}, "postgresql": {}}
        self._left_out: dict[str, str] = {}
        event.listen(Engine, "before_cursor_execute", self._note)

    def _note(self, connection, _cursor, statement, *rest: Any) -> None:
        told = (connection.dialect.name, statement)
        if told in self._seen:
            return
        compiled = getattr(rest[1], "compiled", None)
        caller = sys._getframe(1)  # noqa: SLF001 - inspect.stack reads every source file
        if compiled is None or not is_products_own(files_of(caller)):
            return
        self._seen.add(told)
        if found := shape(compiled):
            by = os.environ.get("PYTEST_CURRENT_TEST", "").partition(" ")[0]
            self._asked[connection.dialect.name].setdefault(found, by)

    @pytest.hookimpl(optionalhook=True)  # of pytest-xdist
    def pytest_testnodedown(self, node) -> None:
        """A worker ended: take over what it gathered."""
        for name, shapes in node.workeroutput.get(_SHARED, {}).items():
            self._asked[name].update(shapes)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[_SHARED] = self._asked
            return
        self._left_out = left_out(self._asked)
        if self._left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if self._left_out:
            terminalreporter.section("only SQLite was asked; mark a story with both_databases")
        for each, by in self._left_out.items():
            terminalreporter.line(f"{by}: {' '.join(each.split())}")
