"""Authenticates socket requests before the upgrade; limits sockets, all and each person's."""

import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from dispatch.domain.visibility import Scope
from dispatch.errors import Refused
from dispatch.feed.audience import Topics
from dispatch.feed.wire import Environ, StartResponse, close_connection

Inner = Callable[[Environ, StartResponse], Iterable[bytes]]

CONNECTION: Final = "shaodao.connection"
RETRY_SECONDS: Final = 15  # until a client should try again


class Authenticator(Protocol):
    """Says who may connect, and words refusals; HTTP knows how."""

    def scope_of(self, environ: Environ) -> Scope:
        """The scope of the sender of a request; raises Refused."""

    def digest_of(self, environ: Environ) -> str:
        """The digest of the secret that a request shows; raises Refused."""

    def still_open(self, digests: Collection[str]) -> Collection[str]:
        """Which of these secrets still open something."""

    def refuse(self, refused: Refused, environ: Environ) -> Inner:
        """The answer to a request that is refused."""


@dataclass(eq=False)
class ConsoleConnection:
    """An open socket, with the request that opened it and its credentials."""

    environ: Environ
    person_id: str
    topics: Topics
    digest: str
    has_joined: bool = False  # the namespace; a socket that never joins is no console
    is_checked: bool = False


class Gate:
    """WSGI middleware in front of Socket.IO: authentication and the limit come before the upgrade.

    A refused request costs little; an upgraded one holds a thread.
    """

    def __init__(
        self, inner: Inner, path: str, authenticator: Authenticator, limit: int, limit_each: int
    ) -> None:
        self._inner = inner
        self._path = path
        self._authenticator = authenticator
        self._limit = limit
        self._limit_each = limit_each
        self._lock = threading.Lock()
        self._connections: set[ConsoleConnection] = set()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(self._path):
            return self._inner(environ, start_response)
        try:
            connection = self._open(environ)
        except Refused as refused:
            return self._authenticator.refuse(refused, environ)(environ, start_response)
        try:
            return self._inner({**environ, CONNECTION: connection}, start_response)
        finally:  # with the websocket transport the call lasts as long as the socket
            self._release(connection)

    def close_stale(self) -> None:
        """Closes connections whose scope has changed or ended, and those that never joined."""
        for connection in self.connections():
            if not self._is_still_valid(connection):
                close_connection(connection.environ)
            connection.is_checked = True

    def close_signed_out(self) -> None:
        """Closes connections whose sign-in has ended: one look for all, as it is often taken."""
        connections = self.connections()
        if not connections:
            return
        still_open = self._authenticator.still_open({each.digest for each in connections})
        for each in connections:
            if each.digest not in still_open:
                close_connection(each.environ)

    def close(self) -> None:
        """Closes every connection."""
        for connection in self.connections():
            close_connection(connection.environ)

    def connections(self) -> tuple[ConsoleConnection, ...]:
        with self._lock:
            return tuple(self._connections)

    def _open(self, environ: Environ) -> ConsoleConnection:
        scope = self._scope_of(environ)
        digest = self._authenticator.digest_of(environ)
        connection = ConsoleConnection(environ, scope.person_id, scope.topics(), digest)
        with self._lock:
            self._refuse_one_too_many(scope.person_id)
            if len(self._connections) >= self._limit:
                raise Refused("server_full", seconds=RETRY_SECONDS)
            self._connections.add(connection)
        return connection

    def _release(self, connection: ConsoleConnection) -> None:
        with self._lock:
            self._connections.discard(connection)

    def _refuse_one_too_many(self, person_id: str) -> None:
        own = sum(each.person_id == person_id for each in self._connections)
        if own >= self._limit_each:
            raise Refused("too_many_consoles", most=self._limit_each)

    def _scope_of(self, environ: Environ) -> Scope:
        scope = self._authenticator.scope_of(environ)
        if not scope.topics():
            raise Refused("forbidden")
        return scope

    def _is_still_valid(self, connection: ConsoleConnection) -> bool:
        try:
            topics = self._scope_of(connection.environ).topics()
        except Refused:
            return False
        return topics == connection.topics and (connection.has_joined or not connection.is_checked)
