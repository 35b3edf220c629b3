"""The relay tails the committed log and tells each group of consoles what it may hear."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from dispatch import clock
from dispatch.feed.board import News, read_news, told
from dispatch.feed.consoles import Consoles
from dispatch.feed.cursors import Cursor, for_eyes, last_seq
from dispatch.shapes.board import BoardChange, BoardComplete
from dispatch.store.installation_facts import epoch
from dispatch.store.transaction import Store

_log = logging.getLogger(__name__)

Speak = Callable[[str, str, BoardChange | BoardComplete], None]  # group, event, message

CHANGE: Final = "change"
COMPLETE: Final = "complete"
ROWS_AT_ONCE: Final = 500
QUIET: Final = timedelta(seconds=10)


@dataclass
class _Standing:
    """How far a group is complete, since when; `doubtful` once something could not be said."""

    complete: int
    since: datetime
    doubtful: bool = False


@dataclass(frozen=True)
class _Stretch:
    """A stretch of the log, (after, upto], and its news."""

    epoch: str
    after: int
    upto: int
    news: list[News]


class Relay:
    """One for each process. The log's order is the order of commits, and so of the messages.

    Each message says up to which position its console is `complete`. Within a stretch only the
    last one moves it: an alert that changed twice is told once, at its later place.
    """

    def __init__(self, store: Store, consoles: Consoles, speak: Speak) -> None:
        self._store = store
        self._consoles = consoles
        self._speak = speak
        self._waking = threading.Lock()
        self._told: int | None = None
        self._standings: dict[str, _Standing] = {}

    def pass_on(self) -> None:
        """Tell all that was committed since the last time; while nobody listens, rest."""
        while self._is_heard() and self._pass_on_a_stretch():
            pass

    def listen(self) -> None:
        """Somebody has just joined: from here on nothing is missed. Call it before they are told
        so, for what they fetch after that is at least as new.
        """
        with self._waking:
            if self._told is None:
                with self._store.read() as session:
                    self._told = last_seq(session)

    def _is_heard(self) -> bool:
        """Looking at the log costs every report in the city something: nobody, no look."""
        with self._waking:
            if self._consoles:
                return True
            self._told = None
            self._standings.clear()
            return False

    def _pass_on_a_stretch(self) -> bool:
        with self._store.read() as session:
            # The head first, then who listens: whoever joins later fetches what the head covers.
            head = last_seq(session)
            groups = self._consoles.groups()
            after = head if self._told is None else self._told
            upto = min(head, after + ROWS_AT_ONCE) if groups else head
            news = self._news(session, after, upto) if upto > after and groups else []
            stretch = _Stretch(epoch(session), after, upto, news)
        for group, rooms in groups.items():
            self._tell(group, rooms, stretch)
        self._standings = {group: self._standings[group] for group in groups}
        self._told = upto
        return upto < head

    def _news(self, session: Session, after: int, upto: int) -> list[News]:
        return read_news(session, after, upto, self._store.calendars(session))

    def _tell(self, group: str, rooms: frozenset[str], stretch: _Stretch) -> None:
        """One group's failure is its own: it keeps its old position and catches up over HTTP."""
        standing = self._standings.setdefault(group, _Standing(stretch.after, clock.wall()))
        cursor = for_eyes(group, stretch.epoch, stretch.upto)
        try:
            messages = list(told(stretch.news, rooms, cursor))
            self._say(group, standing, messages, cursor)
        except Exception:  # noqa: BLE001 - whatever it was, the other groups are told
            _log.exception("a group of consoles could not be told")
            standing.doubtful = True

    def _say(
        self, group: str, standing: _Standing, messages: list[BoardChange], cursor: Cursor
    ) -> None:
        for message in messages[:-1]:
            so_far = str(cursor.at(standing.complete))
            self._speak(group, CHANGE, {**message, "complete": so_far})
        if not messages and not self._is_due(standing, cursor):
            return
        reached = cursor.at(standing.complete if standing.doubtful else cursor.seq)
        if messages:
            self._speak(group, CHANGE, {**messages[-1], "complete": str(reached)})
        else:
            self._speak(group, COMPLETE, {"complete": str(reached)})
        standing.complete, standing.since = reached.seq, clock.wall()

    def _is_due(self, standing: _Standing, cursor: Cursor) -> bool:
        """Others had news for a while, this group had none: time to say that it missed nothing."""
        return cursor.seq > standing.complete and clock.wall() - standing.since > QUIET
