"""Where reads and writes begin and end."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.domain.time.worktime import Calendar
from dispatch.errors import Refused
from dispatch.rules.book.playbook import Playbook
from dispatch.settings import Settings
from dispatch.store import log
from dispatch.store.engines import Engines, open_engines
from dispatch.store.facts import clock_offset
from dispatch.store.migrations import is_current, migrate
from dispatch.store.playbooks import Playbooks
from dispatch.store.rows import Values, add_rows
from dispatch.store.sealing import load_seal
from dispatch.store.tables import Notice
from dispatch.store.watching import look, open_watch

_log = logging.getLogger(__name__)


class Transaction:
    """One deed: its session, its one moment, the events that become its log rows, its notices.

    `is_history`: it happened long ago, somewhere else; nobody is told of it any more.
    `goes_outside`: what a desk is told goes out by mail or webhook, too.
    """

    def __init__(
        self,
        session: Session,
        now: datetime,
        *,
        is_history: bool = False,
        goes_outside: bool = False,
    ) -> None:
        self.session = session
        self.now = now
        self.is_history = is_history
        self.goes_outside = goes_outside
        self.events: list[log.Dated] = []
        self._notices: list[Values] = []

    def record(self, event: log.Event) -> None:
        """Let the log know; written in order as the last thing before the commit."""
        self.events.append(log.Dated(self.now, event))

    def tell(self, notices: Sequence[Values]) -> None:
        """Put notices into the outbox: written together, a thousand as quickly as a few."""
        self._notices += notices

    def flush(self) -> None:
        """Write what waits, except the log, which comes last."""
        self.session.flush()
        notices, self._notices = self._notices, []
        add_rows(self.session, Notice, notices)


class Store:
    """The installation's rows, photos and keys; made once a process by create_app or a command.

    `engines`: connections to the same database that somebody has opened already.
    """

    def __init__(self, settings: Settings, engines: Engines | None = None) -> None:
        self.settings = settings
        self.data_dir = settings.data_dir
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self.seal = load_seal(settings.seal_key, self.data_dir)
        self._engines = engines or open_engines(settings.database_url, settings.synchronous)
        self._watch = open_watch(settings.database_url)
        # SQLite lets one writer in: a queue in the process waits fairly, the busy timeout does not
        self._one_writer = threading.Lock() if self._engines.is_sqlite else nullcontext()
        self._playbooks = Playbooks()
        self._listeners: list[Callable[[], None]] = []
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
    def watch(self) -> Iterator[Session]:
        """A snapshot that waits for nobody longer than seconds; raises Refused database_silent or
        database_away.
        """
        with look(self._watch) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction: all of it or nothing, its log rows in the order of commits."""
        if history := self._history.get():
            with _deed_within(history) as deed:
                yield deed
            return
        with self._commit() as deed:
            yield deed

    @contextmanager
    def history(self) -> Iterator[Transaction]:
        """Some deeds of long ago in one commit, for this thread alone: each is still all or
        nothing and has the moment at which the city's clock stands then; nobody is told.
        """
        with self._commit(is_history=True) as whole:
            token = self._history.set(whole)
            try:
                yield whole
            finally:
                self._history.reset(token)

    @contextmanager
    def _commit(self, *, is_history: bool = False) -> Iterator[Transaction]:
        writing = Session(self._engines.write, expire_on_commit=False)
        with self._one_writer, writing as session, session.begin():
            deed = Transaction(
                session,
                clock.now(),
                is_history=is_history,
                goes_outside=bool(self.settings.mail_url or self.settings.webhook_url),
            )
            yield deed
            deed.flush()
            if deed.events:
                log.append(session, deed.events)
        if deed.events:
            self._announce()

    def now(self, session: Session) -> datetime:
        """The city's moment by the clock that all its servers share: on PostgreSQL the database's.

        Two servers whose clocks differ agree on what is due, and on when it fired.
        """
        if self.is_sqlite:
            return clock.now()
        told = session.scalar(text("SELECT clock_timestamp()"))
        return clock.now(told and told.astimezone(UTC))

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each commit that left log rows; it must be quick."""
        self._listeners.append(listener)

    def playbook(self, session: Session) -> Playbook:
        """The active playbook; asked of the database at most once a second."""
        return self._playbooks.active(session).playbook

    def playbook_version(self, session: Session) -> int:
        """The version number of the active playbook."""
        return self._playbooks.active(session).version

    def playbook_at(self, session: Session, version: int) -> Playbook:
        """The playbook of a version, as it was published."""
        return self._playbooks.at(session, version)

    def calendars(self, session: Session) -> Callable[[int, str], Calendar | None]:
        """The calendars of every version, by version and name; None where there is none."""

        def calendar(version: int, name: str) -> Calendar | None:
            try:
                return self._playbooks.at(session, version).calendars.get(name)
            except Refused:  # a promise whose version nobody published: nothing to count by
                return None

        return calendar

    def forget_playbook(self) -> None:
        """Ask the database again: a publish in this process counts at once."""
        self._playbooks.forget()

    @property
    def is_sqlite(self) -> bool:
        return self._engines.is_sqlite

    def migrate(self) -> None:
        """Bring the tables to what this code was written for."""
        migrate(self._engines.write)

    @property
    def is_migrated(self) -> bool:
        return is_current(self._engines.write)

    def city_offset(self) -> timedelta:
        """How far the test clock was moved: for clock.use_offset, where DISPATCH_ENV is test."""
        with self.read() as session:
            return clock_offset(session)

    def close(self) -> None:
        """Give every connection back."""
        self._engines.dispose()

    def _announce(self) -> None:
        for listener in self._listeners:
            try:
                listener()
            except Exception:  # noqa: BLE001  (whatever a listener raises, the deed stands)
                _log.exception("a listener failed after a commit")


@contextmanager
def _deed_within(history: Transaction) -> Iterator[Transaction]:
    """A deed of its own inside a longer transaction: a savepoint takes it back whole."""
    with history.session.begin_nested():
        deed = Transaction(history.session, clock.now(), is_history=True)
        yield deed
        deed.flush()
    history.events += deed.events
