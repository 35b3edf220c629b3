"""The websocket under Socket.IO, made safe for a city: bounded, mute towards us, surely closed."""

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

# What a console has to say, as Engine.IO writes it: pong, close, and to enter or leave a namespace.
_PONG: Final = "3"
_WORDS: Final = (_PONG, "1", "40", "41")
_WORDS_OF_A_LIFE: Final = 4  # enters and leaves; pongs are not counted

# simple-websocket wakes a reader before it says that a too long message ended the connection; the
# reader may fall asleep again for ever, and its thread with it: so it looks up now and then.
_LOOK_SECONDS: Final = 3

# A peer that vanished without a word holds a thread until the kernel gives it up.
_TCP: Final = (
    (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 30),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 10),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", 3),
    (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", 30_000),  # milliseconds
)


def fit(server: socketio.Server, max_message_size: int) -> None:
    """Let this server's websockets be ours; tests/feed/test_wire.py guards what is touched."""
    drivers = server.eio._async  # noqa: SLF001 - the only way in; the dict is shared, so it is copied
    ours = partial(MuteWebSocket, max_message_size=max_message_size)
    server.eio._async = {**drivers, "websocket": ours}  # noqa: SLF001 - as above


def connection(environ: Environ) -> socket.socket | None:
    """The connection of a request, where the web server shows it."""
    return environ.get("gunicorn.socket") or environ.get("werkzeug.socket")


def hang_up(environ: Environ) -> None:
    """End the connection from our side; whoever reads or writes it wakes up."""
    held = connection(environ)
    if held is not None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)


class MuteWebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]  # it ships no types
    """A websocket that speaks. A console that says more than it must is hung up on."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self._environ, self._said = environ, 0
        _harden(connection(environ))
        # deflate with full windows costs 260 kB a console and half the speed: do not see the offer
        plain = {key: environ[key] for key in environ if key != "HTTP_SEC_WEBSOCKET_EXTENSIONS"}
        return super().__call__(plain, start_response)  # type: ignore[no-any-return]

    def wait(self) -> str | None:
        """The next word of the console; None, which ends the connection, for any other."""
        with suppress(ConnectionClosed):
            word = None
            while word is None and self.ws.connected:
                word = self.ws.receive(timeout=_LOOK_SECONDS)
            return word if self._may_say(word) else None
        return None

    def close(self) -> None:
        """Engine.IO calls this at the end of every connection, however it ended."""
        with suppress(OSError):
            super().close()
        hang_up(self._environ)

    def _may_say(self, word: object) -> bool:
        if not isinstance(word, str) or not word.startswith(_WORDS):
            return False
        self._said += word != _PONG
        return self._said <= _WORDS_OF_A_LIFE


def _harden(held: socket.socket | None) -> None:
    for level, name, value in _TCP:
        if held is not None and hasattr(socket, name):
            held.setsockopt(level, getattr(socket, name), value)
