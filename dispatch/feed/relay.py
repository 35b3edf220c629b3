"""The relay reads the committed log and sends each group of consoles the changes it may see."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.feed.board import AlertChange, changes_for, read_changes
from dispatch.feed.consoles import Consoles
from dispatch.feed.cursors import Cursor, cursor_at, last_seq
from dispatch.shapes.board import BoardChange, BoardComplete
from dispatch.store.installation_facts import epoch
from dispatch.store.transaction import Store

_log = logging.getLogger(__name__)

Emit = Callable[[str, str, BoardChange | BoardComplete], None]  # group, event, message

CHANGE: Final = "change"
COMPLETE: Final = "complete"
ROWS_AT_ONCE: Final = 500
QUIET_TIME: Final = timedelta(seconds=10)


@dataclass
class _GroupProgress:
    """How far a group is complete and since when; `has_gap` once a message failed."""

    complete: int
    since: datetime
    has_gap: bool = False


@dataclass(frozen=True)
class _Stretch:
    """A stretch of the log, (after, upto], and its changes."""

    epoch: str
    after: int
    upto: int
    changes: list[AlertChange]


class Relay:
    """One a process. The order of messages is that of the log, which is that of commits.

    Each message says up to which position its console is `complete`. Within a stretch only the last
    one moves it: an alert that changed twice is sent once, at its later position.
    """

    def __init__(self, store: Store, consoles: Consoles, emit: Emit) -> None:
        self._store = store
        self._consoles = consoles
        self._emit = emit
        self._position_lock = threading.Lock()
        self._relayed: int | None = None
        self._progress: dict[str, _GroupProgress] = {}

    def relay_commits(self) -> None:
        """Sends everything committed since the last call; does nothing while no console is
        connected.
        """
        while self._has_listeners() and self._relay_stretch():
            pass

    def start_listening(self) -> None:
        """Starts reading the log from its end, for the first console that joins. Call it before the
        console is answered: what it fetches afterwards is then at least as new.
        """
        with self._position_lock:
            if self._relayed is None:
                with self._store.read() as session:
                    self._relayed = last_seq(session)

    def _has_listeners(self) -> bool:
        """False stops reading the log: reading it costs every transaction something, so it is not
        read while no console is connected.
        """
        with self._position_lock:
            if self._consoles:
                return True
            self._relayed = None
            self._progress.clear()
            return False

    def _relay_stretch(self) -> bool:
        with self._store.read() as session:
            # The head first, then the groups: whoever joins later fetches what the head covers.
            head = last_seq(session)
            groups = self._consoles.groups()
            after = head if self._relayed is None else self._relayed
            upto = min(head, after + ROWS_AT_ONCE) if groups else head
            changes = self._changes(session, after, upto) if upto > after and groups else []
            stretch = _Stretch(epoch(session), after, upto, changes)
        for group, topics in groups.items():
            self._tell_group(group, topics, stretch)
        self._progress = {group: self._progress[group] for group in groups}
        self._relayed = upto
        return upto < head

    def _changes(self, session: Session, after: int, upto: int) -> list[AlertChange]:
        calendars = self._store.calendars(session)
        return read_changes(session, after, upto, calendars, self._store.seal)

    def _tell_group(self, group: str, topics: frozenset[str], stretch: _Stretch) -> None:
        """A group whose messages fail keeps its position and catches up over HTTP; the others go
        on.
        """
        progress = self._progress.setdefault(group, _GroupProgress(stretch.after, clock.wall()))
        cursor = cursor_at(group, stretch.epoch, stretch.upto)
        try:
            messages = list(changes_for(stretch.changes, topics, cursor))
            self._emit_messages(group, progress, messages, cursor)
        except Exception:  # noqa: BLE001 - whatever failed, the other groups go on
            _log.exception("a group of consoles could not be told")
            progress.has_gap = True

    def _emit_messages(
        self, group: str, progress: _GroupProgress, messages: list[BoardChange], cursor: Cursor
    ) -> None:
        for message in messages[:-1]:
            so_far = str(cursor.at(progress.complete))
            self._emit(group, CHANGE, {**message, "complete": so_far})
        if not messages and not self._is_due(progress, cursor):
            return
        reached = cursor.at(progress.complete if progress.has_gap else cursor.seq)
        if messages:
            self._emit(group, CHANGE, {**messages[-1], "complete": str(reached)})
        else:
            self._emit(group, COMPLETE, {"complete": str(reached)})
        progress.complete, progress.since = reached.seq, clock.wall()

    def _is_due(self, progress: _GroupProgress, cursor: Cursor) -> bool:
        """Whether a group without changes should be told that it is complete, because others had
        some.
        """
        return cursor.seq > progress.complete and clock.wall() - progress.since > QUIET_TIME
