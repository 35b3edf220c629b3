"""A real server that gets many photos at once: what it answers, and the memory that it takes."""

import hashlib
import http.client
import json
import socket
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import server as servers
from hostile_pictures import below, memory_mib
from outage import Outage, Phone

_LOOK_S = 0.02


@dataclass(frozen=True)
class Answer:
    """What a phone was told of its photo: `code` is empty where it is kept."""

    status: int
    code: str
    seconds: float
    retry_after: str | None


@dataclass
class Memory:
    """MiB of all the server's processes: before, at most, and afterwards."""

    before: float
    most: float = 0.0
    after: float = 0.0


class City:
    """A running server and eight volunteers, each with an alert that takes photos."""

    def __init__(self, server: servers.Server, phones: Sequence[Phone]) -> None:
        self.server = server
        self.phones = phones
        self.alerts: list[str] = []
        self.report()
        self.sends(0, b"no photo")  # the server has done everything once

    def report(self) -> None:
        """A new alert of each phone: one takes twelve photos that no step has declared."""
        self.alerts = [str(uuid.uuid4()) for _ in self.phones]
        for phone, alert_id in zip(self.phones, self.alerts, strict=True):
            phone.sends(self.server.address, alert_id)

    def sends(self, place: int, photo: bytes) -> Answer:
        """One photo of the phone at this place, on a line of its own."""
        line = http.client.HTTPConnection(self.server.address.removeprefix("http://"), timeout=120)
        began = time.monotonic()
        with closing(line):
            line.request("PUT", self._path(place, photo), photo, self._headers(place))
            answer = line.getresponse()
            told = json.loads(answer.read())
        taken = time.monotonic() - began
        wait = answer.headers["Retry-After"]
        return Answer(answer.status, told.get("code", ""), taken, wait)

    def send_at_once(
        self, photos: Sequence[bytes], phones: Sequence[int] = range(8)
    ) -> list[Answer]:
        """Each on its own line, from these phones in turn."""
        start = threading.Barrier(len(photos))

        def send(number: int) -> Answer:
            start.wait(timeout=60)
            return self.sends(phones[number % len(phones)], photos[number])

        with ThreadPoolExecutor(len(photos)) as pool:
            return list(pool.map(send, range(len(photos))))

    @contextmanager
    def dawdling(self, place: int, lines: int, length: int) -> Iterator[None]:
        """So many lines on which this phone announces photos of this length and goes on with none
        of them.
        """
        host, port = self.server.address.removeprefix("http://").split(":")
        held = [socket.create_connection((host, int(port)), timeout=30) for _ in range(lines)]
        headers = self._headers(place) | {"Host": host, "Content-Length": str(length)}
        for number, line in enumerate(held):
            asked = f"PUT {self._path(place, bytes([number]))} HTTP/1.1\r\n"
            head = asked + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            line.sendall(head.encode() + b"\r\n" + b"\xff\xd8\xff")
        try:
            yield
        finally:
            for line in held:
                line.close()

    def memory_mib(self) -> float:
        """Of all processes of the server."""
        pid = self.server.process.pid
        return sum(memory_mib(each) for each in (pid, *below(pid)))

    @contextmanager
    def measured(self) -> Iterator[Memory]:
        memory, done = Memory(self.memory_mib()), threading.Event()

        def look() -> None:
            while not done.wait(_LOOK_S):
                memory.most = max(memory.most, self.memory_mib())

        looking = threading.Thread(target=look)
        looking.start()
        try:
            yield memory
        finally:
            done.set()
            looking.join()
            memory.after = self.memory_mib()

    def _path(self, place: int, photo: bytes) -> str:
        return f"/api/v1/alerts/{self.alerts[place]}/photos/{hashlib.sha256(photo).hexdigest()}"

    def _headers(self, place: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.phones[place].token}"}


@contextmanager
def city(folder: Path) -> Iterator[City]:
    """A city of its own in this folder."""
    outage = Outage(folder)
    with servers.running(folder, **outage.settings) as server:
        yield City(server, outage.phones)


def copies(photo: bytes, times: int) -> list[bytes]:
    """The same picture with other bytes behind it, so that each has a digest of its own."""
    return [photo + number.to_bytes(2, "big") for number in range(times)]
