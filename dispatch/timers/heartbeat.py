"""A dead man's switch: asks a monitor outside after finished sweeps, which alarms when none comes.

In a thread of its own, so that no monitor, however slow, holds up a sweep.
"""

import logging
import threading
from collections.abc import Callable
from http.client import HTTPConnection, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

EVERY_S: Final = 60.0
TIMEOUT_S: Final = 5
_KINDS: Final = {"http": HTTPConnection, "https": HTTPSConnection}

_log = logging.getLogger(__name__)


class Heartbeat:
    """`is_well`: whether the server would call itself ready. An empty address is never asked."""

    def __init__(self, address: str, is_well: Callable[[], bool]) -> None:
        self._address = address
        self._is_well = is_well
        self._swept = threading.Event()
        self._stopped = threading.Event()
        self._is_heard = True

    def start(self) -> None:
        if self._address:
            threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()

    def stop(self) -> None:
        """No further beat; one that hangs at its monitor is left there."""
        self._stopped.set()
        self._swept.set()

    def swept(self) -> None:
        """A sweep came to its end; costs whoever swept nothing."""
        self._swept.set()

    def _beat(self) -> None:
        while self._swept.wait() and not self._stopped.is_set():
            self._swept.clear()
            self._tell()
            self._stopped.wait(EVERY_S)
            self._swept.clear()  # what was swept while nobody listened says nothing about now

    def _tell(self) -> None:
        try:
            if self._is_well():
                self._say(ask(self._address))
        except Exception as error:  # noqa: BLE001 - database or monitor: the next beat asks again
            self._say(repr(error))

    def _say(self, trouble: str | None) -> None:
        """Into the log when it changes, not once a minute."""
        is_heard = trouble is None
        if is_heard is not self._is_heard:
            told = "is heard again" if is_heard else "is not heard"
            _log.warning("the heartbeat %s: %s", told, trouble or "ok")
        self._is_heard = is_heard


def ask(address: str) -> str | None:
    """GET an address without following anybody elsewhere; None, or why it does not count.

    Raises OSError where nobody answers, HTTPException where no web server does.
    """
    monitor = urlsplit(address)
    connection = _KINDS[monitor.scheme](monitor.netloc, timeout=TIMEOUT_S)
    try:
        path = f"{monitor.path or '/'}{'?' if monitor.query else ''}{monitor.query}"
        connection.request("GET", path, headers={"User-Agent": "shaodao"})
        status = connection.getresponse().status
    finally:
        connection.close()
    return None if 200 <= status < 300 else f"status {status}"
