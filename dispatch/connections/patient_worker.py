"""gunicorn's threads behind a waiting room: a thread takes a request only as a whole."""

import errno
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE
from typing import Any, Final

from gunicorn.workers.gthread import ThreadWorker

from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.connection import Connection, Stage
from dispatch.connections.waiting import WaitingRoom

_READ: Final = 64 * 1024
_ACCEPTED_AT_ONCE: Final = 64
_MOST_LINGERING: Final = 1024 * 1024  # bytes that are still read after our side has closed
_SWEEP_S: Final = 0.5
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_CLOSING: Final = b"Connection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\n" + _CLOSING
_ROOMLESS: Final = frozenset({errno.ENOSPC, errno.EDQUOT})  # no disk for a body that comes
_NAMED: Final = b'{"type":"urn:shaodao:problem:no_room","status":503,"code":"no_room"}'
_NO_ROOM: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 60\r\n"
    b"Content-Type: application/problem+json\r\nContent-Length: %d\r\n\r\n%s"
) % (len(_NAMED), _NAMED)
_TOO_LONG: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\n" + _CLOSING
# A socket that is closed, here or by the reader of a websocket; no thread to be had.
_FAILURES: Final = (OSError, ValueError, KeyError, RuntimeError)


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Runs in the worker's main loop and never waits. `bounds` is the application's.

    tests/connections/test_gunicorn.py guards what of gunicorn's this relies on.
    """

    def init_process(self) -> None:
        self.bounds: ConnectionBounds = self.app.bounds
        self.waiting = WaitingRoom(self.bounds)
        self._swept = 0.0
        super().init_process()

    def accept(self, listener: Any) -> None:
        """Several at once, so that a crowd at the door does not hold up whoever is inside."""
        with suppress(BlockingIOError):
            for _ in range(_ACCEPTED_AT_ONCE):
                self._admit(listener)

    def finish_request(self, conn: Connection, done: "Future[bool]") -> None:
        """The thread is free again, whether the client has read its answer or not."""
        is_well = not done.cancelled() and not done.exception()
        conn.end_request(keeps_alive=is_well and done.result())
        self._guarded(self._answer_on, conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(min(timeout, _SWEEP_S))

    def murder_keepalived(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - gunicorn's signature
        """Asked in every turn of the loop: whoever is late goes, and whoever is too many."""
        now = time.monotonic()
        if now < self._swept + _SWEEP_S and not force:
            return
        self._swept = now
        for each in list(self.waiting) if force else self.waiting.surplus(now):
            self._drop(each)
        for each in self.waiting.late(now):
            self._guarded(self._end_late, each)

    def _cap_keepalive(self, deadline: float) -> None:
        """The worker stops: whoever asks for nothing need not stay."""
        self.waiting.cap(deadline)

    def _admit(self, listener: Any) -> None:
        try:
            accepted = listener.accept()
        except BlockingIOError:
            raise
        except OSError:  # no file is left to open: somebody makes room
            self._drop(self.waiting.dispensable(time.monotonic()))
            return
        self.nr_conns += 1
        conn = Connection(accepted, listener.getsockname(), self.cfg, self.bounds)
        self._guarded(lambda new: self._wait(new, Stage.HEAD, self.bounds.head_s), conn)

    def _guarded(self, deed: Any, conn: Connection) -> None:
        """No client's end may end the loop."""
        try:
            deed(conn)
        except BlockingIOError:
            return
        except _FAILURES:
            self._drop(conn)

    def _wait(self, conn: Connection, stage: Stage, seconds: float = 0) -> None:
        watch = self.poller.register if conn.stage is None else self.poller.modify
        event = EVENT_WRITE if stage == Stage.ANSWER else EVENT_READ
        watch(conn.sock, event, partial(self._on_ready, conn))
        now = time.monotonic()
        self.waiting.enter(conn, stage, now, seconds)
        if len(self.waiting) > self.bounds.places:
            self._drop(self.waiting.dispensable(now))

    def _leave(self, conn: Connection) -> None:
        if conn.stage is not None:
            with suppress(*_FAILURES):
                self.poller.unregister(conn.sock)
            self.waiting.leave(conn)

    def _drop(self, conn: Connection | None) -> None:
        if conn is not None and not conn.is_over:
            self._leave(conn)
            self.nr_conns -= 1
            conn.close()

    def _on_ready(self, conn: Connection, _sock: Any) -> None:
        if conn.stage is not None:  # else it was dropped since the kernel told of it
            self._guarded(self._answer_on if conn.stage == Stage.ANSWER else self._read, conn)

    def _read(self, conn: Connection) -> None:
        data = conn.sock.recv(_READ, socket.MSG_DONTWAIT)
        if conn.stage != Stage.LINGERING and data:
            self._take(conn, data)
            return
        conn.lingered += len(data)
        if not data or conn.lingered > _MOST_LINGERING:
            self._drop(conn)

    def _take(self, conn: Connection, data: bytes) -> None:
        try:
            conn.feed(data)
        except OSError as error:
            if error.errno not in _ROOMLESS:
                raise
            self._refuse(conn, _NO_ROOM)
            return
        if conn.request.is_torn and not conn.request.has_head:
            self._refuse(conn, _TOO_LONG)
        elif conn.request.is_whole:
            self._leave(conn)
            conn.begin_request()
            self.enqueue_req(conn)
        elif conn.request.has_head and conn.stage != Stage.BODY:
            if conn.request.wants_continue:
                conn.sock.sendall(_CONTINUE)
            self._wait(conn, Stage.BODY)
        elif conn.request.has_begun and conn.stage == Stage.IDLE:
            self._wait(conn, Stage.HEAD, self.bounds.head_s)

    def _end_late(self, conn: Connection) -> None:
        if conn.stage in (Stage.HEAD, Stage.BODY) and conn.request.has_begun:
            self._refuse(conn, _TOO_SLOW)
        else:
            self._drop(conn)

    def _refuse(self, conn: Connection, answer: bytes) -> None:
        conn.sock.sendall(answer)
        conn.keeps_alive = False
        self._answer_on(conn)

    def _answer_on(self, conn: Connection) -> None:
        if not conn.sock.flush():
            if conn.stage != Stage.ANSWER:
                self._wait(conn, Stage.ANSWER)
        elif conn.was_upgraded:
            self._drop(conn)
        elif not conn.keeps_alive:
            conn.sock.shutdown(socket.SHUT_WR)  # closing would cut off what is still on its way
            self._wait(conn, Stage.LINGERING, self.bounds.linger_s)
        else:
            self._wait(conn, Stage.IDLE, self.bounds.idle_s if self.alive else self.bounds.linger_s)
            if conn.read_ahead and conn.stage is not None:
                self._take(conn, conn.read_ahead)
