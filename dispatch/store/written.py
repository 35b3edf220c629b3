"""Keeps which rows a transaction wrote, so that its end can prove them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Delete, Result, Table, Update, event, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from dispatch.store.proved import ProvedTable, RowContent, proved
from dispatch.store.tables import Base

_JOURNAL: Final = "written"
# An option of statements that write free columns alone (FREE in proved.py).
UNPROVED: Final = "unproved"


@dataclass(frozen=True)
class _Gone:
    """A row that was deleted: what named it."""

    values: RowContent


_NOTHING: Final = _Gone({})
# What is known of a row: its values, the object that has them, that it is gone; None: two of these.
_Known = RowContent | Base | _Gone | None


@dataclass
class Journal:
    """The rows that were written so far, each as it was left last."""

    rows: dict[tuple[ProvedTable, tuple[Any, ...]], _Known] = field(default_factory=dict)

    def note(self, table: ProvedTable, values: RowContent, known: _Known) -> None:
        """An object that was read before a statement changed its row knows only its own part: what
        both have changed is read again.
        """
        if table.is_free(values):
            return
        name = (table, table.name_of(values))
        before = self.rows.get(name, _NOTHING)
        is_mixed = isinstance(before, Base) is not isinstance(known, Base)
        if is_mixed and not isinstance(before, _Gone) and not isinstance(known, _Gone):
            known = None
        self.rows[name] = known

    def absorb(self, inner: "Journal") -> None:
        """Takes over what a savepoint within wrote; both may have written a row."""
        for name, known in inner.rows.items():
            self.rows[name] = known if name not in self.rows else None

    def records(self, session: Session, key: bytes) -> bytes:
        """A record for each row, and nothing noted any more."""
        rows, self.rows = self.rows, {}
        return b"".join(
            _record(session, key, table, name, known) for (table, name), known in rows.items()
        )


def _record(
    session: Session, key: bytes, table: ProvedTable, name: tuple[Any, ...], known: _Known
) -> bytes:
    if isinstance(known, Base):
        return table.record(key, _values_of(table, known))
    if isinstance(known, _Gone):
        return table.gone(key, known.values)
    values = _read_again(session, table, name) if known is None else known
    named = dict(zip(table.identity, name, strict=True))
    return table.gone(key, named) if values is None else table.record(key, values)


def _values_of(table: ProvedTable, row: Base) -> RowContent:
    return {column.name: getattr(row, column.name) for column in table.table.columns}


def _read_again(session: Session, table: ProvedTable, name: tuple[Any, ...]) -> RowContent | None:
    named = zip(table.identity, name, strict=True)
    this = [table.table.c[column] == value for column, value in named]
    return session.execute(select(*table.table.columns).where(*this)).mappings().first()


def journal_of(session: Session) -> Journal:
    """What this session's transaction wrote."""
    held = session.info.get(_JOURNAL)
    if held is None:
        held = session.info[_JOURNAL] = Journal()
    if not isinstance(held, Journal):
        raise TypeError(f"{held} is no journal")
    return held


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """What is written within is undone, and no longer noted, where it raises."""
    before = journal_of(session)
    session.info[_JOURNAL] = Journal()
    try:
        with session.begin_nested():
            yield
        before.absorb(journal_of(session))
    finally:
        session.info[_JOURNAL] = before


def note_written(session: Session, row: type[Base] | Table, values: Iterable[RowContent]) -> None:
    """Notes rows that were inserted or changed, each with all its values."""
    if (table := proved(row)) and table.is_kept:
        journal = journal_of(session)
        for each in values:
            journal.note(table, each, each)


def note_gone(session: Session, row: type[Base] | Table, values: Iterable[RowContent]) -> None:
    """Notes rows that were deleted, each with what named it."""
    if table := proved(row):
        journal = journal_of(session)
        for each in values:
            journal.note(table, each, _Gone(each))


class WritingSession(Session):
    """A session that notes what is written by its objects and by its statements."""


@event.listens_for(WritingSession, "do_orm_execute")
def _note_statement(asked: ORMExecuteState) -> Result[Any] | None:
    """Of a statement that changes or deletes rows, those that it met: it returns them, all columns
    of each, and has no RETURNING of its own.
    """
    statement = asked.statement
    if not isinstance(statement, Update | Delete) or asked.execution_options.get(UNPROVED):
        return None
    table = statement.table
    if not isinstance(table, Table) or proved(table) is None:
        return None
    met = asked.invoke_statement(statement.returning(*table.columns)).freeze()
    note = note_gone if isinstance(statement, Delete) else note_written
    note(asked.session, table, met().mappings().all())
    return met()


@event.listens_for(WritingSession, "after_flush")
def _note_objects(session: Session, _flush: UOWTransaction) -> None:
    journal = journal_of(session)
    for each in (*session.new, *session.dirty):
        if (table := _proved(each)) and table.is_kept:
            journal.note(table, _named(table, each), each)
    for each in session.deleted:
        if table := _proved(each):
            journal.note(table, _named(table, each), _Gone(_named(table, each)))


def _named(table: ProvedTable, row: Base) -> RowContent:
    return {column: getattr(row, column) for column in table.identity}


def _proved(row: Base) -> ProvedTable | None:
    return proved(row.__class__)
