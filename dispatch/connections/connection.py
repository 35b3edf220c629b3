"""One connection: what has arrived of its next request, and what is left of its answer."""

import socket
from enum import IntEnum
from tempfile import SpooledTemporaryFile
from types import SimpleNamespace
from typing import Any

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn

from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.framing import ArrivingRequest
from dispatch.connections.pace import Pace
from dispatch.connections.patient_socket import IN_MEMORY, PatientSocket


class Stage(IntEnum):
    """What a connection waits for. Where places are scarce the lowest goes first."""

    LINGERING = 1  # our side is closed
    IDLE = 2  # between two requests
    HEAD = 3  # the first byte of a connection, or the rest of a head
    BODY = 4
    ANSWER = 5  # what the client has not read yet


SLOW = (Stage.BODY, Stage.ANSWER)


class Connection(TConn):  # type: ignore[misc]  # gunicorn ships no types
    """A connection of gunicorn's whose requests are read before a thread takes them."""

    def __init__(
        self, accepted: tuple[socket.socket, Any], server: Any, cfg: Any, bounds: ConnectionBounds
    ) -> None:
        super().__init__(cfg, PatientSocket(accepted[0], bounds), accepted[1], server)
        self.sock: PatientSocket
        self.initialized = True  # a parser is given with each request
        self.bounds = bounds
        self.stage: Stage | None = None  # None: a thread has it, or it is closed
        self.deadline = 0.0
        self.pace: Pace | None = None
        self.keeps_alive = False  # once its answer has left
        self.was_upgraded = False  # to a websocket, whose reader may close the socket at any moment
        self.is_over = False
        self.read_ahead = b""  # bytes of the next request
        self.lingered = 0  # bytes that came after our side had closed
        self._new_request()

    @property
    def address(self) -> str:
        return str(self.client[0])

    @property
    def held(self) -> int:
        """Bytes kept for it outside its head."""
        return self.sock.waiting + self._arrived

    @property
    def moved(self) -> int:
        """Bytes of the body that came, or of answers that arrived."""
        return self.sock.delivered if self.stage == Stage.ANSWER else self._arrived

    def enter(self, stage: Stage, now: float, seconds: float) -> None:
        self.stage, self.deadline, self.pace = stage, now + seconds, None
        if stage in SLOW:
            self.pace = Pace(self.bounds, now, self.moved)

    def is_late(self, now: float) -> bool:
        """Whether it has had its time, or moves too slowly."""
        if self.pace is not None:
            return not self.pace.keeps_up(now, self.moved)
        return now >= self.deadline

    def rate(self, now: float) -> float:
        return self.pace.rate(now, self.moved) if self.pace else float("inf")

    def feed(self, data: bytes) -> None:
        """Takes what arrived."""
        kept, self.read_ahead = self.request.feed(data)
        self._arrived += self._spool.write(kept)

    def begin_request(self) -> None:
        """Gives the parser exactly one request: what comes behind it is read as the next one."""
        self._spool.seek(0)
        source = SimpleNamespace(recv=self._spool.read)  # all that a parser needs of a socket
        self.parser = get_parser(self.cfg, source, self.client)

    def end_request(self, *, keeps_alive: bool) -> None:
        self.keeps_alive = keeps_alive and not self.request.is_torn
        self.was_upgraded = self.request.upgrades
        self._spool.close()
        self._new_request()

    def close(self, graceful: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - gunicorn's signature
        """At once: who lingers does so in a stage of its own."""
        self.stage, self.is_over = None, True
        self._spool.close()
        super().close()

    def _new_request(self) -> None:
        self.request = ArrivingRequest(self.bounds.max_head, self.bounds.max_body)
        self._spool = SpooledTemporaryFile(IN_MEMORY, dir=self.bounds.folder)  # noqa: SIM115 - closed with the request
        self._arrived = 0
