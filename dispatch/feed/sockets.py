"""The sockets: Flask-SocketIO that only speaks, behind the gate, fed by the relay."""

import threading
from typing import Final

from flask import Flask, request
from flask_socketio import SocketIO, join_room

from dispatch.feed import wire
from dispatch.feed.consoles import Consoles
from dispatch.feed.gate import GUEST, Door, Gate
from dispatch.feed.relay import Relay
from dispatch.feed.rounds import Rounds
from dispatch.shapes.board import BoardChange, BoardComplete
from dispatch.store.transaction import Store

NAMESPACE: Final = "/board"
PATH: Final = "/socket.io"
LONGEST_WORD: Final = 4096  # bytes; a console has little to say
INSPECTION_SECONDS: Final = 20
REST_SECONDS: Final = 0.05  # between two passes: a burst becomes a few messages, not many


class Sockets:
    """The live side of one process. `start` after the fork, `stop` before the process ends."""

    def __init__(self, app: Flask, store: Store, door: Door) -> None:
        self.consoles = Consoles()
        self._socketio = _silent_socketio(app)
        self._socketio.on_event("connect", self._enter, namespace=NAMESPACE)
        self._socketio.on_event("disconnect", self._leave, namespace=NAMESPACE)
        self.gate = Gate(app.wsgi_app, PATH, door, store.settings.consoles)
        app.wsgi_app = self.gate  # type: ignore[method-assign]  # Flask's own way to wrap it
        self.relay = Relay(store, self.consoles, self._speak)
        self._telling = Rounds(
            self.relay.pass_on, name="relay", every=store.settings.relay_seconds, rest=REST_SECONDS
        )
        self._inspecting = Rounds(self.gate.inspect, name="gate", every=INSPECTION_SECONDS)
        self._stopping, self._stopped = threading.Lock(), False
        store.on_commit(self._telling.wake)

    def start(self) -> None:
        self._telling.start()
        self._inspecting.start()

    def stop(self) -> None:
        """Everybody is hung up on; safe to repeat, as an impatient Ctrl-C does."""
        self._telling.stop()
        self._inspecting.stop()
        self.gate.close()
        with self._stopping:
            if not self._stopped:
                self._socketio.server.shutdown()
            self._stopped = True

    def _enter(self, _auth: object = None) -> None:
        guest = request.environ[GUEST]
        guest.entered = True
        join_room(self.consoles.join(request.sid, guest.topics))  # type: ignore[attr-defined]
        self.relay.listen()

    def _leave(self, _reason: object = None) -> None:
        self.consoles.leave(request.sid)  # type: ignore[attr-defined]

    def _speak(self, group: str, event: str, message: BoardChange | BoardComplete) -> None:
        self._socketio.emit(event, message, namespace=NAMESPACE, to=group)


def _silent_socketio(app: Flask) -> SocketIO:
    socketio = SocketIO(
        app,
        async_mode="threading",
        path=PATH,
        transports=["websocket"],  # long polling would hold a thread, too, and need one process
        allow_upgrades=False,
        manage_session=False,
        async_handlers=False,  # nothing that a console says is worth a thread
        max_http_buffer_size=LONGEST_WORD,
    )
    wire.fit(socketio.server, LONGEST_WORD)
    return socketio
