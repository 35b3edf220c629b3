"""The gate before the upgrade: who may hold a socket, and how many sockets there may be."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from dispatch.domain.visibility import Scope
from dispatch.errors import Refused
from dispatch.feed.audience import Rooms
from dispatch.feed.wire import Environ, StartResponse, hang_up

Inner = Callable[[Environ, StartResponse], Iterable[bytes]]

GUEST: Final = "shaodao.guest"
RETRY_SECONDS: Final = 15  # by then, somebody else may have closed a console


class Door(Protocol):
    """Who may come in, and how refusals are worded: HTTP's business, not the board's."""

    def admit(self, environ: Environ) -> Scope:
        """What the sender of a request may see; raises Refused."""

    def refuse(self, refused: Refused, environ: Environ) -> Inner:
        """The answer to a request that is refused."""


@dataclass(eq=False)
class Guest:
    """Somebody who holds a socket, by the credentials that the request for it carried."""

    environ: Environ
    topics: Rooms
    entered: bool = False  # the namespace; a socket that never enters is no console
    inspected: bool = False


class Gate:
    """WSGI before Socket.IO: authentication and the limit come before the upgrade.

    A refused socket costs a request; an upgraded one holds a thread.
    """

    def __init__(self, inner: Inner, path: str, door: Door, limit: int) -> None:
        self._inner = inner
        self._path = path
        self._door = door
        self._limit = limit
        self._lock = threading.Lock()
        self._guests: set[Guest] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(self._path):
            return self._inner(environ, start_response)
        try:
            guest = self._let_in(environ)
        except Refused as refused:
            return self._door.refuse(refused, environ)(environ, start_response)
        try:
            return self._inner({**environ, GUEST: guest}, start_response)
        finally:  # with the websocket transport the call lasts as long as the socket
            self._let_out(guest)

    def inspect(self) -> None:
        """Hang up on whoever lost the right to listen as they do, and who never entered."""
        for guest in self.guests():
            if not self._is_still_right(guest):
                hang_up(guest.environ)
            guest.inspected = True

    def close(self) -> None:
        """Hang up on everybody."""
        for guest in self.guests():
            hang_up(guest.environ)

    def guests(self) -> tuple[Guest, ...]:
        with self._lock:
            return tuple(self._guests)

    def _let_in(self, environ: Environ) -> Guest:
        guest = Guest(environ, self._rooms_for(environ))
        with self._lock:
            if len(self._guests) >= self._limit:
                raise Refused("server_full", seconds=RETRY_SECONDS)
            self._guests.add(guest)
        return guest

    def _let_out(self, guest: Guest) -> None:
        with self._lock:
            self._guests.discard(guest)

    def _rooms_for(self, environ: Environ) -> Rooms:
        rooms = self._door.admit(environ).topics()
        if not rooms:
            raise Refused("forbidden")
        return rooms

    def _is_still_right(self, guest: Guest) -> bool:
        try:
            rooms = self._rooms_for(guest.environ)
        except Refused:
            return False
        return rooms == guest.topics and (guest.entered or not guest.inspected)
