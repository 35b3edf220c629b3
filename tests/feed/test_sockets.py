"""A real server and real consoles: what is reported is seen at once, and by whom it may."""

import http.client
import logging
import queue
import socket
import threading
import time
from contextlib import closing, contextmanager, suppress

import pytest
import simple_websocket
import socketio
from desk import LABELS, Console, Desk, eyes_of
from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from dispatch.errors import Refused
from dispatch.feed.board import changes_after, snapshot
from dispatch.feed.sockets import CHECK_SECONDS, NAMESPACE, Sockets
from dispatch.settings import load_settings
from dispatch.store.transaction import Store

PATIENCE = 10  # seconds at most; whatever is waited for comes at once when all is well
SCOPES = {
    "district": eyes_of("district_dispatcher@district", name="district"),
    "roads": eyes_of("department_dispatcher@roads", name="roads"),
    "water": eyes_of("department_dispatcher@water", name="water"),
    "volunteer": eyes_of("volunteer@futian"),
}


class _Silent(WSGIRequestHandler):
    def log(self, *_words: object) -> None:
        """Tests speak by failing."""


class City:
    """The live side of a city behind a real server on a free port."""

    def __init__(self, store):
        self.store, self.desk = store, Desk(store)
        self.tokens = {name: name for name in SCOPES}
        app = Flask("city")
        self.sockets = Sockets(app, store, self)
        self._server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._serving = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def scope_of(self, environ):
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        if token not in self.tokens:
            raise Refused("not_signed_in")
        return SCOPES[self.tokens[token]]

    def digest_of(self, environ):
        return environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")

    def still_open(self, digests):
        return {each for each in digests if each in self.tokens}

    def refuse(self, refused, _environ):
        return Response(refused.code, refused.status)

    def start(self):
        self._serving.start()
        self.sockets.start()

    def stop(self):
        self.sockets.stop()
        self._server.shutdown()
        self._serving.join()
        self._server.server_close()

    def board(self, name):
        with self.store.read() as session:
            return snapshot(session, SCOPES[name], LABELS)

    def changes(self, name, cursor):
        with self.store.read() as session:
            return changes_after(session, SCOPES[name], cursor)


@pytest.fixture
def settings(sqlite_url, tmp_path):
    """Sockets are the same on both databases: SQLite is enough."""
    return load_settings(
        {
            "DISPATCH_DATA_DIR": str(tmp_path / "data"),
            "DISPATCH_DATABASE_URL": sqlite_url,
            "DISPATCH_CONSOLES": "3",
            "DISPATCH_CONSOLES_EACH": "2",
            "DISPATCH_RELAY_SECONDS": "0.1",
        },
    )


@pytest.fixture
def city(store: Store):
    city = City(store)
    city.start()
    yield city
    city.stop()


@contextmanager
def listening(city, name, token=None):
    """A console with the real client; a queue of what it hears."""
    heard = queue.Queue()
    client = socketio.Client(reconnection=False)
    client.on("change", heard.put, namespace=NAMESPACE)
    client.on("disconnect", lambda *_reason: heard.put("cut"), namespace=NAMESPACE)
    client.connect(
        f"http://127.0.0.1:{city.port}",
        headers={"Authorization": f"Bearer {token or name}"},
        transports=["websocket"],
        namespaces=[NAMESPACE],
        wait_timeout=PATIENCE,
    )
    try:
        yield client, heard
    finally:
        client.disconnect()
        client.eio.ws.shutdown()  # the client forgets this where the server hung up


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come to be"
        time.sleep(0.01)


def request_upgrade(city, *headers: str, name="roads"):
    """The answer to a request for a socket."""
    with socket.create_connection(("127.0.0.1", city.port), timeout=PATIENCE) as line:
        line.sendall(request_for_socket(city, *headers, name=name))
        answer = line.recv(4096)
        while b" 101 " not in answer and (more := line.recv(4096)):
            answer += more
        return answer.decode(errors="replace")  # frames may follow


def request_for_socket(city, *headers: str, name="roads"):
    lines = [
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: 127.0.0.1:{city.port}",
        f"Authorization: Bearer {name}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_an_alert_appears_within_a_second_where_it_may(city):
    with listening(city, "roads") as (_, roads), listening(city, "water") as (_, water):
        started = time.monotonic()
        alert = city.desk.report(lead="roads")
        assert roads.get(timeout=PATIENCE)["card"]["id"] == alert
        assert time.monotonic() - started < 1
        city.desk.pass_to(alert, lead="water")
        assert water.get(timeout=PATIENCE)["card"]["lead"] == "water"
        assert roads.get(timeout=PATIENCE)["gone"] == alert
    assert water.get(timeout=PATIENCE) == "cut"
    assert water.empty()


def test_a_cut_console_catches_up_and_holds_what_the_city_holds(city):
    console, alerts = Console(), [city.desk.report() for _ in range(5)]
    with listening(city, "roads"):
        console.hold(city.board("roads"))
    for number in range(40):
        city.desk.change(alerts[number % 5], status="closed" if number == 39 else "signed")
    with listening(city, "roads") as (_, heard):
        last = city.desk.report()
        late = heard.get(timeout=PATIENCE)
        console.catch_up(city.changes("roads", console.cursor))
        console.hear(late)
    assert console.cards == {card["id"]: card for card in city.board("roads")["cards"]}
    assert last in console.cards
    assert alerts[4] not in console.cards


def test_what_another_process_committed_is_told_too(city, settings):
    """It wakes nobody here: the relay looks by itself."""
    other = Store(settings)
    with listening(city, "roads") as (_, heard):
        alert = Desk(other).report()
        assert heard.get(timeout=PATIENCE)["card"]["id"] == alert
    other.close()


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [("nobody", "401", "not_signed_in"), ("volunteer", "403", "forbidden")],
)
def test_who_may_not_listen_is_refused_before_the_upgrade(city, name, status, code):
    answer = request_upgrade(city, name=name)
    assert f" {status} " in answer.splitlines()[0]
    assert answer.endswith(code)
    assert city.sockets.gate.connections() == ()


def test_a_foreign_page_is_refused_even_with_good_credentials(city):
    assert " 400 " in request_upgrade(city, "Origin: https://elsewhere.example").splitlines()[0]
    assert " 101 " in request_upgrade(city, f"Origin: http://127.0.0.1:{city.port}").splitlines()[0]


def test_what_goes_wrong_at_the_sockets_is_a_line_of_the_server_s_log(city, caplog):
    """Each library hangs a stream of its own onto its logger where it is given none."""
    request_upgrade(city, "Origin: https://elsewhere.example")
    named = {each.name for each in caplog.records if "accepted origin" in each.getMessage()}
    assert named == {"dispatch.feed.sockets"}
    for library in ("engineio.server", "socketio.server"):
        assert logging.getLogger(library).handlers == []


def test_deflate_is_not_accepted(city):
    answer = request_upgrade(
        city, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
    )
    assert " 101 " in answer.splitlines()[0]
    assert "extensions" not in answer.lower()


def test_sockets_above_the_limit_are_refused_and_places_come_free(city):
    with listening(city, "roads"), listening(city, "water"):
        with listening(city, "district"):
            answer = request_upgrade(city)
            assert " 503 " in answer.splitlines()[0]
            assert answer.endswith("server_full")
        wait_until(lambda: len(city.sockets.gate.connections()) == 2)
        with listening(city, "district"):
            assert len(city.sockets.gate.connections()) == 3
    wait_until(lambda: city.sockets.gate.connections() == ())
    assert len(city.sockets.consoles) == 0


def said_at_the_door(city, name):
    """What a page hears that asks without a socket why it got none."""
    door = http.client.HTTPConnection("127.0.0.1", city.port, timeout=PATIENCE)
    address = "/socket.io/?EIO=4&transport=websocket"
    door.request("GET", address, headers={"Authorization": f"Bearer {name}"})
    with closing(door), door.getresponse() as answer:
        return answer.status, answer.read().decode()


def test_one_person_cannot_hold_all_sockets(city):
    """The settings of this city: three consoles, two of them for each."""
    with listening(city, "roads") as (_, heard), listening(city, "roads"):
        answer = request_upgrade(city)
        assert " 429 " in answer.splitlines()[0]
        assert answer.endswith("too_many_consoles")
        assert said_at_the_door(city, "roads") == (429, "too_many_consoles")
        with listening(city, "water"):
            alert = city.desk.report(lead="roads")
            assert heard.get(timeout=PATIENCE)["card"]["id"] == alert
    wait_until(lambda: city.sockets.gate.connections() == ())
    with listening(city, "roads"):
        assert len(city.sockets.gate.connections()) == 1


def test_ending_twice_is_ending_once(city):
    with listening(city, "roads") as (_, heard):
        city.sockets.stop()
        city.sockets.stop()
        assert heard.get(timeout=PATIENCE) == "cut"


def test_long_polling_is_not_spoken(city):
    client = socketio.Client(reconnection=False)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(
            f"http://127.0.0.1:{city.port}",
            headers={"Authorization": "Bearer roads"},
            transports=["polling"],
            namespaces=[NAMESPACE],
        )


def test_a_console_that_talks_is_hung_up_on(city):
    with listening(city, "roads") as (client, heard):
        client.emit("sign", {"id": "everything"}, namespace=NAMESPACE)
        assert heard.get(timeout=PATIENCE) == "cut"
    wait_until(lambda: city.sockets.gate.connections() == ())


@pytest.mark.parametrize("word", ['42/board,["connect"]', "40/board," * 2000, b"\x00", "2probe"])
def test_whatever_else_is_said_ends_the_connection(city, word):
    with raw_console(city) as line:
        line.send("40/board,")
        wait_until(lambda: len(city.sockets.consoles) == 1)
        line.send(word)
        wait_until(lambda: city.sockets.gate.connections() == ())
    assert len(city.sockets.consoles) == 0


def test_entering_again_and_again_ends_the_connection(city):
    with raw_console(city) as line:
        for _ in range(10):
            line.send("40/board,")
        wait_until(lambda: city.sockets.gate.connections() == ())


def test_a_peer_that_ignores_the_end_holds_no_thread(city):
    """It neither answers the close nor closes by itself: our side of the line is shut."""
    with socket.create_connection(("127.0.0.1", city.port), timeout=PATIENCE) as line:
        line.sendall(request_for_socket(city))
        wait_until(readers)
        line.sendall(b"\x81\x82\x00\x00\x00\x0042")  # a word that ends the connection
        wait_until(lambda: not readers())


def readers():
    return [thread for thread in threading.enumerate() if "simple_websocket" in thread.name]


@contextmanager
def raw_console(city):
    address = f"ws://127.0.0.1:{city.port}/socket.io/?EIO=4&transport=websocket"
    line = simple_websocket.Client(address, headers={"Authorization": "Bearer roads"})
    try:
        yield line
    finally:
        with suppress(simple_websocket.ConnectionClosed):
            line.close()


def test_a_session_that_ended_ends_its_console(city):
    with listening(city, "roads") as (_, heard), listening(city, "water") as (_, water):
        del city.tokens["roads"]
        city.sockets.gate.close_stale()
        assert heard.get(timeout=PATIENCE) == "cut"
        assert water.empty()


def test_whoever_signs_out_everywhere_is_out_of_every_console_within_two_seconds(city):
    with listening(city, "roads") as (_, heard), listening(city, "water") as (_, water):
        del city.tokens["roads"]
        assert heard.get(timeout=2) == "cut"
        assert water.empty()


def test_rights_that_changed_end_the_console_so_that_it_comes_with_new_eyes(city):
    with listening(city, "roads") as (_, heard):
        city.tokens["roads"] = "water"
        city.sockets.gate.close_stale()
        assert heard.get(timeout=PATIENCE) == "cut"


def test_a_socket_that_never_becomes_a_console_is_cut(city):
    with raw_console(city):
        wait_until(lambda: len(city.sockets.gate.connections()) == 1)
        city.sockets.gate.close_stale()
        assert len(city.sockets.gate.connections()) == 1
        city.sockets.gate.close_stale()
        wait_until(lambda: city.sockets.gate.connections() == ())


def test_a_person_disabled_is_cut_within_a_minute():
    assert CHECK_SECONDS <= 30
