"""A gateway that answers a byte at a time holds up nobody for longer than the deadline."""

import socketserver
import threading
import time

import pytest

from dispatch.channels import deadline, email, webhook
from dispatch.channels.email import Mail
from dispatch.channels.message import Message
from dispatch.channels.reasons import reason_of
from dispatch.channels.webhook import Webhook

ZONE = "Asia/Shanghai"
NUMBER = "440304-20261123-00001-K"
SIGN = Message("1", "desk", "JTJ", "to_sign", {}, NUMBER, "E0113", None, life_safety=False)
BETWEEN_S = 0.05
WHOLE_S = 0.4


@pytest.fixture(autouse=True)
def haste(monkeypatch):
    monkeypatch.setattr(email, "WHOLE_S", WHOLE_S)
    monkeypatch.setattr(webhook, "WHOLE_S", WHOLE_S)


@pytest.fixture
def dripping():
    """Serves `words` a byte at a time, each long before any time-out of a single read."""
    stop = threading.Event()

    class Talk(socketserver.BaseRequestHandler):
        def handle(self):
            for byte in self.server.words:
                if stop.wait(BETWEEN_S):
                    return
                try:
                    self.request.sendall(bytes([byte]))
                except OSError:
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        stop.set()
        server.shutdown()


def where(server):
    return f"127.0.0.1:{server.server_address[1]}"


def takes(deed):
    began = time.monotonic()
    with pytest.raises(TimeoutError) as late:
        deed([SIGN])
    assert reason_of(late.value) == "timed_out"
    return time.monotonic() - began


def test_a_webhook_that_drips_is_given_up(dripping):
    dripping.words = b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 100
    assert WHOLE_S <= takes(Webhook(f"http://{where(dripping)}/", "ours", ZONE).send) < 5 * WHOLE_S


@pytest.mark.parametrize("words", [b"2" * 1000, b"220-slow\r\n" * 100])
def test_a_mail_server_that_drips_is_given_up(dripping, words):
    dripping.words = words
    address = f"smtp://{where(dripping)}?from=a@city.test&to={{desk}}@city.test&tls=no"
    assert WHOLE_S <= takes(Mail(address, ZONE).send) < 5 * WHOLE_S


def test_what_fails_before_keeps_its_reason():
    class Nothing:
        sock = None

    with pytest.raises(ConnectionRefusedError), deadline.within(WHOLE_S, Nothing()):
        raise ConnectionRefusedError
