"""A socket whose answers wait for slow readers without a thread."""

import errno
import fcntl
import select
import socket
import sys
import termios
import time
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.pace import Pace

IN_MEMORY: Final = 64 * 1024  # of a body or an answer; more goes to a nameless file
_STEP: Final = 256 * 1024
_MOST_WAITING: Final = 32 * 1024 * 1024  # of one answer; whoever writes more waits for the reader


class PatientSocket(socket.socket):
    """`sendall` returns although the client does not read; `flush` sends on.

    Websockets use `send` and `recv`, which are as ever.
    """

    def __init__(self, accepted: socket.socket, bounds: ConnectionBounds) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self._bounds = bounds
        self._waiting: IO[bytes] | None = None
        self._written = 0  # into the file
        self._flushed = 0  # out of it
        self._sent = 0

    @property
    def waiting(self) -> int:
        """Bytes that the kernel has not taken yet."""
        return self._written - self._flushed

    @property
    def delivered(self) -> int:
        """Bytes that the client's machine has acknowledged."""
        queued = bytearray(4)
        with suppress(OSError):
            fcntl.ioctl(self, termios.TIOCOUTQ, queued)
        return self._sent - int.from_bytes(queued, sys.byteorder)

    def sendall(self, data: bytes, flags: int = 0, /) -> None:  # type: ignore[override]
        """Never waits for the client, unless an answer is longer than anybody's."""
        rest = memoryview(data)
        if not self.waiting:
            rest = rest[self._send_now(rest, flags) :]
        if rest:
            self._keep(rest)
        if self.waiting > _MOST_WAITING:
            self._wait_for_reader()

    def sendfile(self, file: IO[bytes], offset: int = 0, count: int | None = None) -> int:  # type: ignore[override]
        """As `sendall`: the kernel's own way would wait for the client."""
        file.seek(offset)
        left = sys.maxsize if count is None else count
        while left and (part := file.read(min(_STEP, left))):
            self.sendall(part)
            left -= len(part)
        return file.tell() - offset

    def flush(self) -> bool:
        """Sends what goes at once; whether nothing is left. Raises OSError."""
        while self._waiting is not None:
            self._waiting.seek(self._flushed)
            part = self._waiting.read(_STEP)
            sent = self._send_now(memoryview(part))
            self._flushed += sent
            if not self.waiting:
                self._forget()
            elif sent < len(part):
                return False
        return True

    def close(self) -> None:
        self._forget()
        super().close()

    def _send_now(self, data: memoryview, flags: int = 0) -> int:
        try:
            sent = self.send(data, flags | socket.MSG_DONTWAIT)
        except (BlockingIOError, InterruptedError):
            return 0
        self._sent += sent
        return sent

    def _keep(self, rest: memoryview) -> None:
        if self._waiting is None:
            self._waiting = SpooledTemporaryFile(IN_MEMORY, dir=self._bounds.folder)  # noqa: SIM115
        self._waiting.seek(self._written)
        self._written += self._waiting.write(rest)

    def _wait_for_reader(self) -> None:
        """Raises ConnectionResetError when the client reads too slowly."""
        pace = Pace(self._bounds, time.monotonic(), self.delivered)
        writable = select.poll()
        writable.register(self, select.POLLOUT)
        while self.waiting > _MOST_WAITING // 2:
            writable.poll(1000)
            self.flush()
            if not pace.keeps_up(time.monotonic(), self.delivered):
                raise ConnectionResetError(errno.ECONNRESET, "the client reads too slowly")

    def _forget(self) -> None:
        if self._waiting is not None:
            self._waiting.close()
        self._waiting, self._written, self._flushed = None, 0, 0
