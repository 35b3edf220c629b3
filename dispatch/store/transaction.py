"""Where reads and writes begin and end."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import text
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.time.worktime import Calendar
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.settings import Settings
from dispatch.store import log
from dispatch.store.audit import append_audit
from dispatch.store.engines import Engines, open_engines
from dispatch.store.installation_facts import clock_offset
from dispatch.store.migrations import is_current, migrate
from dispatch.store.monitoring import bounded_session, open_monitoring_engine
from dispatch.store.pictures.decoder import Decoder
from dispatch.store.playbooks import PlaybookCache
from dispatch.store.private_files import keep_private
from dispatch.store.sealing import is_sealed, load_seal
from dispatch.store.unit_of_work import Transaction
from dispatch.store.written import WritingSession, journal_of, savepoint

_log = logging.getLogger(__name__)


__all__ = ["Store", "Transaction"]


class Store:
    """The installation's rows, photos and keys; one a process, made by create_app or a command.

    `engines`: connections to the same database that are open already. `after_restore`: what is
    written is flagged as the work of a restore.
    """

    def __init__(self, settings: Settings, engines: Engines | None = None) -> None:
        self.settings = settings
        self.data_dir = settings.data_dir
        keep_private(self.data_dir)
        self._engines = engines or open_engines(settings.database_url, settings.synchronous)
        self.seal = load_seal(settings.seal_key, self.data_dir, partial(is_sealed, self._engines))
        self._monitoring = open_monitoring_engine(settings.database_url)
        # SQLite has one writer: a lock in the process is fair, its busy timeout is not
        self._one_writer = threading.Lock() if self._engines.is_sqlite else nullcontext()
        self._playbooks = PlaybookCache()
        self.decoder = Decoder(
            memory_mib=settings.photo_memory_mib,
            most_megapixels=settings.photo_max_megapixels,
        )
        self._listeners: list[Callable[[], None]] = []
        self.after_restore = False
        self._history: ContextVar[Transaction | None] = ContextVar("history", default=None)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent snapshot; nothing written in it is kept."""
        if history := self._history.get():
            yield history.session
            return
        with Session(self._engines.read, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def monitor(self) -> Iterator[Session]:
        """A snapshot that never waits longer than seconds; raises Refused database_silent or
        database_away.
        """
        with bounded_session(self._monitoring) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that is committed at its end; its log rows are in the order of commits."""
        if history := self._history.get():
            with _deed_within(history) as tx:
                yield tx
            return
        with self._commit() as tx:
            yield tx

    @contextmanager
    def history(self) -> Iterator[Transaction]:
        """Several replayed transactions in one commit, for this thread alone: each is still atomic
        and has the moment at which the city's clock stands; nobody is notified.
        """
        with self._commit(is_history=True) as whole:
            token = self._history.set(whole)
            try:
                yield whole
            finally:
                self._history.reset(token)

    @contextmanager
    def _commit(self, *, is_history: bool = False) -> Iterator[Transaction]:
        writing = WritingSession(self._engines.write, expire_on_commit=False)
        with self._one_writer, writing as session, session.begin():
            tx = Transaction(
                session,
                clock.now(),
                self.settings,
                self.seal,
                is_history=is_history,
                after_restore=self.after_restore,
            )
            yield tx
            tx.flush()
            if tx.audited:
                append_audit(session, self.seal, tx.audited)
            records = journal_of(session).records(session, self.seal.log_key)
            if tx.events or records:
                log.append(session, tx.events, records, self.seal.log_key)
        if tx.events:
            self._announce()

    def now(self, session: Session) -> datetime:
        """The city's time by the clock that all its servers share: on PostgreSQL the database's.

        So servers whose clocks differ agree on what is due and when it fired.
        """
        if self.is_sqlite:
            return clock.now()
        told = session.scalar(text("SELECT clock_timestamp()"))
        return clock.now(told and told.astimezone(UTC))

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after each commit that wrote log rows; it must be quick."""
        self._listeners.append(listener)

    def playbook(self, session: Session) -> Playbook:
        """The active playbook, read from the database at most once a second."""
        return self._playbooks.active(session).playbook

    def playbook_version(self, session: Session) -> int:
        """The version number of the active playbook."""
        return self._playbooks.active(session).version

    def playbook_at(self, session: Session, version: int) -> Playbook:
        """The playbook of a version, as it was published."""
        return self._playbooks.at(session, version)

    def calendars(self, session: Session) -> Callable[[int, str], Calendar | None]:
        """Looks up a calendar by playbook version and name; None where there is none."""

        def calendar(version: int, name: str) -> Calendar | None:
            try:
                return self._playbooks.at(session, version).calendars.get(name)
            except Refused:  # the promise's version does not exist
                return None

        return calendar

    def forget_playbook(self) -> None:
        """Reads the active version anew, so that a publication in this process counts at once."""
        self._playbooks.forget()

    @property
    def is_sqlite(self) -> bool:
        return self._engines.is_sqlite

    def migrate(self) -> None:
        """Upgrades the tables to what this code was written for. Raises Refused wrong_seal_key
        where rows must be sealed anew and this is not the key that they were sealed with.
        """
        migrate(self._engines.write, self.seal)

    @property
    def is_migrated(self) -> bool:
        return is_current(self._engines.write)

    def city_offset(self) -> timedelta:
        """How far the test clock was moved: for clock.use_offset, where DISPATCH_ENV is test."""
        with self.read() as session:
            return clock_offset(session)

    def close(self) -> None:
        """Closes every connection, and ends the process that decodes photos."""
        self.decoder.stop()
        self._engines.dispose()

    def _announce(self) -> None:
        for listener in self._listeners:
            try:
                listener()
            except Exception:  # noqa: BLE001 - whatever a listener raises, the commit is done
                _log.exception("a listener failed after a commit")


@contextmanager
def _deed_within(history: Transaction) -> Iterator[Transaction]:
    """A transaction inside a longer one; a savepoint rolls it back as a whole."""
    with savepoint(history.session):
        tx = Transaction(
            history.session, clock.now(), history.settings, history.seal, is_history=True
        )
        yield tx
        tx.flush()
    history.events += tx.events
    history.audited += tx.audited
