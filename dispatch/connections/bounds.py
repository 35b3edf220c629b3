"""How long a connection may take, and how much all of them together may hold."""

import resource
from dataclasses import dataclass
from typing import Final

PLACES: Final = 4096  # for connections that no thread serves just now
_FEWEST_PLACES: Final = 128
_OTHER_FILES: Final = 512  # databases, photos, logs, libraries


@dataclass(frozen=True)
class ConnectionBounds:
    """Seconds and bytes. A client must move `least_bytes` in every `window_s`, in a request's body
    as in an answer: 4 kB/s, however long it takes.
    """

    head_s: float = 20
    idle_s: float = 75  # longer than a proxy keeps its connections, usually 60
    linger_s: float = 2  # for what is on its way when our side closes
    window_s: float = 30
    least_bytes: int = 120_000
    max_head: int = 16 * 1024
    max_body: int = 17 * 1024 * 1024
    places: int = PLACES
    slow: int = 512  # bodies that come and answers that leave
    held_bytes: int = 256 * 1024 * 1024  # of all of those
    folder: str | None = None  # for what does not fit into memory; None: the system's


def open_files_for(threads: int, places: int = PLACES) -> int:
    """How many open files a server with so many threads may need. A console needs two."""
    return 2 * threads + places + ConnectionBounds.slow + _OTHER_FILES


def places_granted(threads: int) -> int:
    """Raises the process's limit of open files; the places that fit into what the machine grants,
    PLACES where it grants enough.
    """
    wanted = open_files_for(threads)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return max(_FEWEST_PLACES, PLACES - (wanted - most))
