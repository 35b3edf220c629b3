"""What of the Socket.IO libraries is touched, and that it still is what it was."""

import inspect
import socket

import engineio
import flask_socketio
import pytest
import simple_websocket
import socketio
from engineio.async_drivers import threading as threading_driver
from engineio.async_drivers.threading import SimpleWebSocketWSGI
from engineio.socket import Socket
from flask import Flask

from dispatch.feed import wire
from dispatch.feed.wire import PushOnlyWebSocket


@pytest.fixture
def server():
    app = Flask("city")
    server = flask_socketio.SocketIO(app, async_mode="threading").server
    wire.install_websocket(server, 4096)
    return server


def test_the_server_makes_our_websockets_and_others_keep_theirs(server):
    made = server.eio._async["websocket"](print, server.eio)  # noqa: SLF001 - what is guarded
    assert isinstance(made, PushOnlyWebSocket)
    assert made.server_args == {"max_message_size": 4096}
    stock = threading_driver._async["websocket"]  # noqa: SLF001 - what is guarded
    assert stock is SimpleWebSocketWSGI


def test_engineio_still_asks_its_driver_for_websockets():
    source = inspect.getsource(Socket)
    assert "self.server._async['websocket'](" in source
    assert "ws.wait()" in source
    assert "ws.close()" in source, "nobody hangs up on those who are gone"


def test_the_websocket_still_sees_the_deflate_offer_in_the_environ_alone():
    source = inspect.getsource(simple_websocket.ws)
    assert "extensions=[PerMessageDeflate()]" in source, "deflate is gone: so may our own removal"
    assert "self.max_message_size and" in source


def test_socketio_still_keeps_the_environ_of_the_gate():
    assert "self.environ[eio_sid] = environ" in inspect.getsource(socketio.Server)
    assert "app.request_context(environ)" in inspect.getsource(flask_socketio.SocketIO)


def test_engineio_still_refuses_other_origins():
    assert "Not an accepted origin." in inspect.getsource(engineio.Server)


def test_a_peer_that_vanished_is_dropped_by_the_kernel_within_a_minute():
    with socket.socket() as here:
        wire._set_keepalive(here)  # noqa: SLF001 - what the kernel is told
        assert here.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        told = [
            here.getsockopt(socket.IPPROTO_TCP, getattr(socket, name))
            for name in ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
        ]
    idle, between, tries, unsent_ms = told
    assert idle + between * tries == 60
    assert (idle, unsent_ms) == (30, 30_000)


class Line:
    """A websocket whose other end sends these packets."""

    connected = True

    def __init__(self, packets):
        self._packets = list(packets)

    def receive(self, timeout):  # noqa: ARG002 - as the library calls it
        return self._packets.pop(0)


@pytest.mark.parametrize(
    ("packets", "heard"),
    [
        (["40", "41", "40", "41"], 4),  # joins and leaves twice
        (["40", "41", "40", "41", "40"], 4),  # and a third time: enough
        (["40", *["3"] * 20, "1"], 22),  # whoever only answers may stay
        (["40", '42["shout"]'], 1),
        ([b"40"], 0),
    ],
)
def test_a_console_that_says_more_than_it_must_is_disconnected(packets, heard):
    ours = object.__new__(PushOnlyWebSocket)
    ours.ws, ours._received = Line(packets), 0
    answers = [ours.wait() for _ in packets]
    assert len([each for each in answers if each is not None]) == heard
