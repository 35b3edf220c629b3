"""What one transaction gathers until its end: rows, events of the log, notices, audited deeds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from dispatch.domain.law.events import AFTER_RESTORE
from dispatch.settings import Settings
from dispatch.store import log
from dispatch.store.audit import AuditEvent
from dispatch.store.rows import RowValues, add_rows
from dispatch.store.sealing import Seal
from dispatch.store.tables import Notice


class Transaction:
    """One transaction: its session, its moment, and the events and notices to be written at its
    end.

    `is_history`: it replays what happened long ago elsewhere; nobody is notified. `after_restore`:
    it does what fell due while the installation was lost, and says so of each event and notice.
    `settings` and `seal`: those of the installation.
    """

    def __init__(
        self,
        session: Session,
        now: datetime,
        settings: Settings,
        seal: Seal,
        *,
        is_history: bool = False,
        after_restore: bool = False,
    ) -> None:
        self.session = session
        self.now = now
        self.settings = settings
        self.seal = seal
        self.is_history = is_history
        self.after_restore = after_restore
        self.events: list[log.DatedEvent] = []
        self.audited: list[AuditEvent] = []
        self._notices: list[RowValues] = []

    def record(self, event: log.Event, at: datetime | None = None) -> None:
        """Adds an event for the log, of now or of another instant; the events are written in order
        as the last thing before the commit.
        """
        if self.after_restore:
            event = replace(event, codes=event.codes | {AFTER_RESTORE: True})
        self.events.append(log.DatedEvent(at or self.now, event))

    def audit(self, event: AuditEvent) -> None:
        """Adds a row to the audit trail."""
        self.audited.append(event)

    def tell(self, notices: Sequence[RowValues]) -> None:
        """Adds notices to the outbox; they are written together."""
        self._notices += notices

    def flush(self) -> None:
        """Writes everything but the log, which comes last."""
        self.session.flush()
        notices, self._notices = self._notices, []
        add_rows(self.session, Notice, notices)
