"""The gate before the upgrade: who may hold a socket, and how many sockets there may be."""

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from dispatch import translations
from dispatch.domain.sight import Scope
from dispatch.errors import Refused
from dispatch.live.audience import Rooms
from dispatch.live.wire import Environ, StartResponse, hang_up

Inner = Callable[[Environ, StartResponse], Iterable[bytes]]
Admit = Callable[[Environ], Scope]  # raises Refused

GUEST: Final = "shaodao.guest"
RETRY_SECONDS: Final = 15  # by then, somebody else may have closed a console
_REASONS: Final = {401: "Unauthorized", 403: "Forbidden", 503: "Service Unavailable"}


@dataclass(eq=False)
class Guest:
    """Somebody who holds a socket, by the credentials that the request for it carried."""

    environ: Environ
    rooms: Rooms
    entered: bool = False  # the namespace; a socket that never enters is no console
    inspected: bool = False


class Gate:
    """WSGI before Socket.IO: authentication and the limit come before the upgrade.

    A refused socket costs a request; an upgraded one holds a thread.
    """

    def __init__(self, inner: Inner, path: str, admit: Admit, limit: int) -> None:
        self._inner = inner
        self._path = path
        self._admit = admit
        self._limit = limit
        self._lock = threading.Lock()
        self._guests: set[Guest] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(self._path):
            return self._inner(environ, start_response)
        try:
            guest = self._let_in(environ)
        except Refused as refused:
            return _refuse(refused, environ, start_response)
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
        rooms = self._admit(environ).rooms()
        if not rooms:
            raise Refused("forbidden")
        return rooms

    def _is_still_right(self, guest: Guest) -> bool:
        try:
            rooms = self._rooms_for(guest.environ)
        except Refused:
            return False
        return rooms == guest.rooms and (guest.entered or not guest.inspected)


def _refuse(refused: Refused, environ: Environ, start_response: StartResponse) -> list[bytes]:
    body = json.dumps(_problem(refused, environ), ensure_ascii=False).encode()
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
    ]
    if "seconds" in refused.params:
        headers.append(("Retry-After", str(refused.params["seconds"])))
    start_response(f"{refused.status} {_REASONS.get(refused.status, 'Refused')}", headers)
    return [body]


def _problem(refused: Refused, environ: Environ) -> dict[str, Any]:
    wanted = environ.get("HTTP_ACCEPT_LANGUAGE", "").split(",")
    sentence = translations.translate(
        translations.choose(wanted), f"problems.{refused.code}", **refused.params
    )
    return {
        "type": "about:blank",
        "title": sentence,
        "status": refused.status,
        "code": refused.code,
        "detail": sentence,
        "faults": [],
    }
