"""The sockets: Flask-SocketIO that only sends, behind the gate, fed by the relay."""

import logging
import threading
from typing import Final

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from dispatch.feed import wire
from dispatch.feed.consoles import Consoles
from dispatch.feed.gate import CONNECTION, Authenticator, Gate
from dispatch.feed.periodic_thread import PeriodicThread
from dispatch.feed.relay import Relay
from dispatch.shapes.board import BoardChange, BoardComplete
from dispatch.store.transaction import Store

NAMESPACE: Final = "/board"
PATH: Final = "/socket.io"
MAX_MESSAGE_BYTES: Final = 4096  # a console sends little
CHECK_SECONDS: Final = 20
SIGNED_OUT_SECONDS: Final = 1  # who signs out everywhere is out within two
PAUSE_SECONDS: Final = 0.05  # between two runs: a burst becomes a few messages, not many
_SOCKETS: Final = "shaodao.sockets"

_log = logging.getLogger(__name__)


class Sockets:
    """The live side of one process. `start` it after the fork, `stop` it before the
    process ends.
    """

    def __init__(self, app: Flask, store: Store, authenticator: Authenticator) -> None:
        self.consoles = Consoles()
        self._socketio = _silent_socketio(app)
        self._socketio.on_event("connect", self._join, namespace=NAMESPACE)
        self._socketio.on_event("disconnect", self._leave, namespace=NAMESPACE)
        limits = store.settings.consoles, store.settings.consoles_each
        self.gate = Gate(app.wsgi_app, PATH, authenticator, *limits)
        app.wsgi_app = self.gate  # type: ignore[method-assign]  # Flask's own way to wrap it
        self.relay = Relay(store, self.consoles, self._emit)
        self._relaying = PeriodicThread(
            self.relay.relay_commits,
            name="relay",
            every=store.settings.relay_seconds,
            pause=PAUSE_SECONDS,
        )
        self._checking = PeriodicThread(self.gate.close_stale, name="gate", every=CHECK_SECONDS)
        self._ending = PeriodicThread(
            self.gate.close_signed_out, name="signed out", every=SIGNED_OUT_SECONDS
        )
        app.extensions[_SOCKETS] = self
        self._stopping, self._stopped = threading.Lock(), False
        store.on_commit(self._relaying.wake)

    def start(self) -> None:
        self._relaying.start()
        self._checking.start()
        self._ending.start()

    @property
    def relay_lag_s(self) -> float:
        """Seconds since the log was last read to its end for the consoles."""
        return self._relaying.silent_s

    def stop(self) -> None:
        """Closes every connection; safe to repeat, as an impatient Ctrl-C does."""
        self._relaying.stop()
        self._checking.stop()
        self._ending.stop()
        self.gate.close()
        with self._stopping:
            if not self._stopped:
                self._socketio.server.shutdown()
            self._stopped = True

    def _join(self, _auth: object = None) -> None:
        connection = request.environ[CONNECTION]
        connection.has_joined = True
        join_room(self.consoles.join(request.sid, connection.topics))  # type: ignore[attr-defined]
        self.relay.start_listening()

    def _leave(self, _reason: object = None) -> None:
        self.consoles.leave(request.sid)  # type: ignore[attr-defined]

    def _emit(self, group: str, event: str, message: BoardChange | BoardComplete) -> None:
        self._socketio.emit(event, message, namespace=NAMESPACE, to=group)


def sockets_of(app: Flask) -> Sockets | None:
    """Those of an app; None where it has none."""
    found: Sockets | None = app.extensions.get(_SOCKETS)
    return found


def _silent_socketio(app: Flask) -> SocketIO:
    _log.setLevel(logging.ERROR)
    socketio = SocketIO(
        app,
        async_mode="threading",
        path=PATH,
        transports=["websocket"],  # long polling would hold a thread, too, and need one process
        allow_upgrades=False,
        manage_session=False,
        async_handlers=False,  # what a console sends needs no thread
        max_http_buffer_size=MAX_MESSAGE_BYTES,
        # left to themselves both write lines of their own, past the server's log
        logger=_log,
        engineio_logger=_log,
    )
    wire.install_websocket(socketio.server, MAX_MESSAGE_BYTES)
    return socketio
