"""Sends the head of log and audit trail away, once a day and when the server stops.

In a thread of its own, so that no gateway, however slow, holds up a sweep.
"""

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Final

from dispatch import clock
from dispatch.channels.reasons import receipt_of
from dispatch.rules.telling.city_words import city_words
from dispatch.store.heads import whole_head
from dispatch.store.transaction import Store
from dispatch.telling.anchoring import send_head
from dispatch.translations import speaking

LOOK_S: Final = 60.0
STOP_S: Final = 4.0  # the server is killed a second later

_log = logging.getLogger(__name__)


class Anchors:
    """Where no anchor is set, nothing is sent. `send` takes the head and the moment."""

    def __init__(self, store: Store, send: Callable[[str, datetime], None] | None = None) -> None:
        self._store = store
        self._send = send or partial(_send, store)
        self._stopped = threading.Event()
        self._sending = threading.Lock()
        self._sent: str | None = None
        self._day: date | None = None

    def start(self) -> None:
        if self._store.settings.anchor:
            threading.Thread(target=self._anchor_daily, name="anchors", daemon=True).start()

    def stop(self) -> None:
        """The last head, unless it was sent already; a gateway that hangs is left there."""
        self._stopped.set()
        if self._store.settings.anchor:
            last = threading.Thread(target=self.anchor, name="last-anchor", daemon=True)
            last.start()
            last.join(STOP_S)

    def _anchor_daily(self) -> None:
        while not self._stopped.is_set():
            today = clock.wall().date()
            if self._day != today and self.anchor():
                self._day = today
            self._stopped.wait(LOOK_S)

    def anchor(self) -> bool:
        """Sends the head of now; False, told in the log, where it did not arrive."""
        with self._sending:
            try:
                with self._store.read() as session:
                    head = whole_head(session)
                if head and head != self._sent:
                    self._send(head, clock.wall())
                    self._sent = head
            except Exception as error:  # noqa: BLE001 - database or gateway: tried again
                _log.warning(
                    "the log's head was not sent, and is tried again: %s", receipt_of(error)
                )
                return False
        return True


def _send(store: Store, head: str, at: datetime) -> None:
    with store.read() as session:
        playbook = store.playbook(session)
    with speaking(city_words(playbook)):
        send_head(store.settings, playbook.district.timezone, head, at)
