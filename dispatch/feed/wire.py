"""The websocket under Socket.IO, hardened: bounded messages, no client traffic, surely closed."""

import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Final

import socketio
from engineio.async_drivers.threading import SimpleWebSocketWSGI
from simple_websocket import ConnectionClosed

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

# The packets that a client must send, in Engine.IO's notation: pong, close, join and leave.
_PONG: Final = "3"
_ALLOWED_PACKETS: Final = (_PONG, "1", "40", "41")
_MOST_PACKETS: Final = 4  # joins and leaves; pongs are not counted

# simple-websocket wakes a reader before it marks a connection as closed by a too long message, so
# the reader may wait again for ever and hold its thread: it times out and looks again.
_RECEIVE_SECONDS: Final = 3

# A peer that vanished silently holds a thread until the kernel drops the connection.
_TCP: Final = (
    (socket.SOL_SOCKET, "SO_KEEPALIVE", True),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 30),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 10),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", 3),
    (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", 30_000),  # milliseconds
)


def install_websocket(server: socketio.Server, max_message_size: int) -> None:
    """Makes the server use our websocket; tests/feed/test_wire.py checks the internals that this
    touches.
    """
    drivers = server.eio._async  # noqa: SLF001 - the only way in; the dict is shared, so it is copied
    ours = partial(PushOnlyWebSocket, max_message_size=max_message_size)
    server.eio._async = {**drivers, "websocket": ours}  # noqa: SLF001 - as above


def socket_of(environ: Environ) -> socket.socket | None:
    """The TCP socket of a request, where the web server exposes it."""
    return environ.get("gunicorn.socket") or environ.get("werkzeug.socket")


def close_connection(environ: Environ) -> None:
    """Closes the request's connection from our side; blocked reads and writes return."""
    held = socket_of(environ)
    if held is not None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)


class PushOnlyWebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]  # it ships no types
    """A websocket that sends. A client that sends more than it must is disconnected."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self._environ, self._received = environ, 0
        _set_keepalive(socket_of(environ))
        # deflate with full windows costs 260 kB a console and half the speed: the offer is dropped
        plain = {key: environ[key] for key in environ if key != "HTTP_SEC_WEBSOCKET_EXTENSIONS"}
        return super().__call__(plain, start_response)  # type: ignore[no-any-return]

    def wait(self) -> str | None:
        """The client's next packet; None, which ends the connection, for one that is
        not allowed.
        """
        with suppress(ConnectionClosed):
            packet = None
            while packet is None and self.ws.connected:
                packet = self.ws.receive(timeout=_RECEIVE_SECONDS)
            return packet if self._is_allowed(packet) else None
        return None

    def close(self) -> None:
        """Engine.IO calls this at the end of every connection, however it ended."""
        with suppress(OSError):
            super().close()
        close_connection(self._environ)

    def _is_allowed(self, packet: object) -> bool:
        if not isinstance(packet, str) or not packet.startswith(_ALLOWED_PACKETS):
            return False
        self._received += packet != _PONG
        return self._received <= _MOST_PACKETS


def _set_keepalive(held: socket.socket | None) -> None:
    for level, name, value in _TCP:
        if held is not None and hasattr(socket, name):
            held.setsockopt(level, getattr(socket, name), value)
