"""A deadline for a whole conversation with a gateway, however slowly it goes on talking."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol

# A socket's own time-out begins anew with each byte that arrives.
WHOLE_S: Final = 20
_AGAIN_S: Final = 0.05


class Connected(Protocol):
    """Whatever speaks over a socket, and may put another one in its place (TLS)."""

    sock: socket.socket | None


@contextmanager
def within(seconds: float, connection: Connected) -> Iterator[None]:
    """Shuts the connection's socket when the time is over; what fails by that is raised as
    TimeoutError.
    """
    done, is_late = threading.Event(), threading.Event()
    threading.Thread(target=_cut, args=(seconds, connection, done, is_late), daemon=True).start()
    try:
        yield
    except Exception as error:
        if is_late.is_set():
            raise TimeoutError(f"not done within {seconds:g} s") from error
        raise
    finally:
        done.set()


def _cut(
    seconds: float, connection: Connected, done: threading.Event, is_late: threading.Event
) -> None:
    """Again and again: while TLS begins, the socket is in nobody's hand."""
    if done.wait(seconds):
        return
    is_late.set()
    while not done.is_set():
        with suppress(OSError, AttributeError):  # not connected yet, or not any more
            connection.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # suppressed
        done.wait(_AGAIN_S)
