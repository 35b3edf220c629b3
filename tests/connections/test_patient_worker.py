"""The worker with clients of every kind, each bound as short as a test can wait for."""

import errno
import json
import os
import select
import socket
import tempfile
import threading
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace

import pytest
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.patient_worker import PatientWorker

SHORT = ConnectionBounds(
    head_s=0.3, idle_s=0.3, linger_s=0.3, window_s=0.4, least_bytes=100, max_body=200_000
)
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
PATIENCE = 10
LONG = 16_000_000  # no kernel takes so much
PAGE = b"page" * 25
THREADS = 2


class House(BaseApplication):
    """Answers with what it was sent; `/long` with what no socket holds, `/hold` when told to."""

    def __init__(self, bounds):
        self.bounds, self.hold = bounds, threading.Event()
        self.held = threading.Semaphore(0)  # one for each request that waits
        super().__init__()

    def load_config(self):
        for name, value in {"threads": THREADS, "worker_connections": 200}.items():
            self.cfg.set(name, value)

    def load(self):
        return self.answer

    def answer(self, environ, start_response):
        if environ["PATH_INFO"] == "/hold":
            self.held.release()
            self.hold.wait(PATIENCE)
        sent = environ["wsgi.input"].read()
        body = bytes(LONG) if environ["PATH_INFO"] == "/long" else sent or PAGE
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]


class Here(PatientWorker):
    """In a thread of the test's own, where signals cannot be set."""

    def init_signals(self):
        """None."""
        self.is_stopping = threading.Event()

    def _cap_keepalive(self, deadline):
        super()._cap_keepalive(deadline)
        self.is_stopping.set()


@contextmanager
def serving(bounds):
    house, listener = House(bounds), socket.create_server(("127.0.0.1", 0), backlog=300)
    worker = Here(1, os.getppid(), [listener], house, 30, house.cfg, Logger(house.cfg))
    running = threading.Thread(target=worker.init_process, daemon=True)
    running.start()
    house.worker, house.address = worker, listener.getsockname()
    try:
        yield house
    finally:
        house.hold.set()
        worker.handle_exit(0, None)
        running.join(PATIENCE)
        worker.tmp.close()
        for end in worker.PIPE:
            os.close(end)
        assert not running.is_alive()


@pytest.fixture
def house():
    with serving(SHORT) as house:
        yield house


@contextmanager
def line_to(house, *said: bytes):
    with closing(socket.create_connection(house.address, timeout=PATIENCE)) as line:
        for each in said:
            line.sendall(each)
        yield line


def heard(line, size=None):
    """So many bytes, or all until the other side closes."""
    told = b""
    with suppress(ConnectionResetError):
        while more := line.recv(65536 if size is None else min(65536, size - len(told))):
            told += more
    return told


def answer(line):
    """One answer of known length: its body."""
    told = b""
    while b"\r\n\r\n" not in told and (more := line.recv(1)):
        told += more
    head, _, _ = told.partition(b"\r\n\r\n")
    length = next(
        each for each in head.split(b"\r\n") if each.lower().startswith(b"content-length")
    )
    return heard(line, int(length.split(b":")[1]))


def is_served(house):
    with line_to(house, GET) as line:
        return answer(line) == PAGE


def seconds_until_closed(line):
    started = time.monotonic()
    heard(line)
    return time.monotonic() - started


def test_one_request_follows_another_on_one_connection(house):
    with line_to(house) as line:
        for _ in range(3):
            line.sendall(POST + b"x" * 1000)
            assert answer(line) == b"x" * 1000


def test_requests_that_come_at_once_are_answered_in_turn(house):
    with line_to(house, POST + b"a" * 1000 + GET + POST + b"b" * 1000) as line:
        assert [answer(line) for _ in range(3)] == [b"a" * 1000, PAGE, b"b" * 1000]


def test_a_body_in_chunks_arrives_whole(house):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with line_to(house, head, b"5\r\nhello\r\n", b"1;a=b\r\n!\r\n0\r\n\r\n") as line:
        assert answer(line) == b"hello!"


def test_whoever_asks_first_is_told_to_send_once(house):
    with line_to(house, POST.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n")) as line:
        assert heard(line, 25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"x" * 1000)
        assert heard(line, 15) == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize("said", [b"", b"GET / HT", GET[:-2], GET])
def test_half_a_head_and_an_idle_connection_have_their_time(house, said):
    with line_to(house, said) as line:
        assert 0.2 < seconds_until_closed(line) < 5


def test_a_head_beyond_all_measure_is_refused(house):
    with line_to(house, b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000) as line:
        assert heard(line).startswith(b"HTTP/1.1 431 ")


def test_dripping_a_head_gives_no_more_time(house):
    with line_to(house, b"GET / HTTP/1.1\r\nX: ") as line, suppress(OSError):
        for _ in range(50):
            time.sleep(0.1)
            line.sendall(b"x")
        pytest.fail("it may drip for ever")


def test_a_body_that_stands_still_is_given_up_and_one_that_moves_is_not(house):
    with line_to(house, POST) as slow, line_to(house, POST) as steady:
        for _ in range(10):
            time.sleep(0.1)
            steady.sendall(b"x" * 100)
        assert answer(steady) == b"x" * 1000
        assert heard(slow).startswith(b"HTTP/1.1 408 ")


def test_slow_bodies_take_no_thread():
    with serving(replace(SHORT, window_s=3600)) as house, ExitStack() as lines:
        for _ in range(THREADS + 1):
            lines.enter_context(line_to(house, POST))
        assert is_served(house)


def test_deaf_readers_take_no_thread():
    long = GET.replace(b"/ ", b"/long ")
    with serving(replace(SHORT, window_s=3600)) as house, ExitStack() as lines:
        for _ in range(THREADS + 1):
            lines.enter_context(line_to(house, long))
        assert is_served(house)


def test_who_reads_on_gets_the_whole_answer(house):
    with line_to(house, GET.replace(b"/ ", b"/long ")) as line:
        time.sleep(0.1)
        assert len(answer(line)) == LONG


def test_who_does_not_read_is_given_up(house):
    with line_to(house, GET.replace(b"/ ", b"/long ")) as line:
        wait_until(lambda: house.worker.nr_conns == 1)
        wait_until(lambda: house.worker.nr_conns == 0)
        assert len(heard(line)) < LONG


def test_lingering_holds_up_nobody(house):
    """Each of these would hold gunicorn's own loop for two seconds."""
    with ExitStack() as stack:
        lines = [stack.enter_context(line_to(house, GET.replace(b"1.1", b"1.0"))) for _ in range(8)]
        assert all(answer(line) == PAGE for line in lines)
        assert is_served(house)
        assert [heard(line) for line in lines] == [b""] * 8
        wait_until(lambda: house.worker.nr_conns == 0)  # although no client has closed


def test_an_early_refusal_is_read_although_the_client_sends_on(house):
    head = POST.replace(b"1000", b"900000")
    with line_to(house, head) as line:
        sent = 0
        with suppress(OSError):
            while sent < 900_000:
                sent += line.send(b"x" * 10_000)
        assert heard(line).startswith(b"HTTP/1.1 ")


def test_a_body_for_which_no_disk_has_room_is_refused_by_name(house, monkeypatch):
    def full(_spool):
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch, line_to(house, POST.replace(b"1000", b"150000")) as line:
        patch.setattr(tempfile.SpooledTemporaryFile, "rollover", full)
        with suppress(OSError):
            line.sendall(b"x" * 150_000)
        told = heard(line)
    assert told.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 60\r\n" in told
    assert json.loads(told.partition(b"\r\n\r\n")[2])["code"] == "no_room"
    assert is_served(house)


def test_what_comes_behind_a_body_that_was_too_long_is_no_request(house):
    with line_to(house, POST.replace(b"1000", b"900000"), b"x" * 200_001) as line:
        assert len(answer(line)) == 200_001
        line.sendall(GET)
        assert heard(line) == b""


def test_an_upgraded_connection_is_let_go_at_once():
    """The reader of its websocket may close the socket while our loop would still watch it."""
    upgrade = GET[:-2] + b"Upgrade: websocket\r\n\r\n"
    patient = replace(SHORT, idle_s=3600, linger_s=3600)
    with serving(patient) as house, line_to(house, upgrade) as line:
        assert answer(line) == PAGE
        assert heard(line) == b""


def test_the_idle_go_first_where_places_are_scarce():
    with (
        serving(
            replace(SHORT, idle_s=PATIENCE, head_s=PATIENCE, window_s=PATIENCE, places=3)
        ) as house,
        line_to(house, POST) as body,
        line_to(house, b"GET") as head,
        line_to(house, GET) as idle,
    ):
        assert answer(idle) == PAGE
        with line_to(house, b"GET"):
            assert heard(idle) == b""
            assert is_served(house)
            wait_until(lambda: len(house.worker.waiting) <= 3)
            body.sendall(b"x" * 1000)
            assert answer(body) == b"x" * 1000
        assert heard(head) == b""


def test_the_slowest_bodies_go_beyond_their_number():
    half = (POST, b"x" * 500)
    with (
        serving(replace(SHORT, window_s=PATIENCE, slow=2)) as house,
        line_to(house, *half) as first,
        line_to(house, *half) as second,
        line_to(house, *half) as third,
    ):
        lines = [first, second, third]
        closed, _, _ = select.select(lines, [], [], PATIENCE)
        assert [heard(line) for line in closed] == [b""]
        assert all(finished(line) for line in lines if line not in closed)


def test_of_bodies_too_many_those_go_first_that_one_address_sends():
    """However slow whoever else is."""
    with serving(replace(SHORT, window_s=PATIENCE, slow=2)) as house:
        other = socket.create_connection(house.address, source_address=("127.0.0.2", 0))
        other.sendall(POST)
        wait_until(lambda: len(house.worker.waiting) == 1)
        with other, line_to(house, POST) as first, line_to(house, POST):
            assert heard(first) == b""
            other.sendall(b"x" * 1000)
            assert answer(other) == b"x" * 1000


def test_the_largest_bodies_go_beyond_their_bytes():
    with serving(replace(SHORT, window_s=PATIENCE, held_bytes=100_000)) as house:
        large = POST.replace(b"1000", b"150000") + b"x" * 120_000
        with line_to(house, POST, b"x" * 500) as small, line_to(house, large) as big:
            assert heard(big) == b""
            assert finished(small)


def finished(line):
    with suppress(OSError):
        line.sendall(b"x" * 500)
        return heard(line, 15)
    return b""


class Exhausted:
    """A listener where no file is left to open for whoever knocks."""

    def accept(self):
        raise OSError(errno.EMFILE, "too many open files")


def test_where_no_file_is_left_the_idle_make_room_and_the_worker_lives_on():
    with serving(replace(SHORT, idle_s=3600)) as house, line_to(house, GET) as idle:
        assert answer(idle) == PAGE
        wait_until(lambda: len(house.worker.waiting) == 1)
        house.worker.method_queue.defer(house.worker.accept, Exhausted())
        assert heard(idle) == b""
        house.worker.method_queue.defer(house.worker.accept, Exhausted())
        assert is_served(house)


def test_half_a_body_is_forgotten_when_its_client_leaves(house):
    with line_to(house, POST, b"x" * 500):
        wait_until(lambda: house.worker.nr_conns == 1)
    wait_until(lambda: house.worker.nr_conns == 0)
    assert len(house.worker.waiting) == 0


def test_a_crowd_that_comes_and_goes_leaves_nothing_behind(house):
    lines = [socket.create_connection(house.address, timeout=PATIENCE) for _ in range(150)]
    for number, line in enumerate(lines):
        line.sendall((GET, b"GET", POST, b"")[number % 4])
    assert is_served(house)
    for line in lines:
        line.close()
    wait_until(lambda: house.worker.nr_conns == 0)


def test_a_worker_that_stops_answers_what_it_has_and_sends_the_idle_home():
    with serving(replace(SHORT, idle_s=3600)) as house:
        hold = GET.replace(b"/ ", b"/hold ")
        with line_to(house, GET) as idle, line_to(house) as asked, line_to(house) as quiet:
            assert answer(idle) == PAGE
            for line in (asked, quiet):
                line.sendall(hold)
                assert house.held.acquire(timeout=PATIENCE)
            house.worker.handle_exit(0, None)
            assert house.worker.is_stopping.wait(PATIENCE)
            house.hold.set()
            assert [answer(line) for line in (asked, quiet)] == [PAGE] * 2
            asked.sendall(GET)
            assert b"connection: close" in heard(asked).lower()
            assert heard(quiet) == heard(idle) == b""


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come to be"
        time.sleep(0.01)
