"""Bounds the memory for photos that are being received: in all, and for each person."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from flask import current_app

from dispatch.blueprints.request_access import store
from dispatch.errors import Refused

_ROOM: Final = "shaodao.photo_room"
# Of the room that one person may take, at least one photo.
_SHARE: Final = 4
_AGAIN_S: Final = 10


class PhotoRoom:
    """Bytes are taken as they arrive, so that a slow phone holds no more than it has sent."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._taken: Counter[str] = Counter()  # by person
        self._lock = threading.Lock()

    @contextmanager
    def receiving(self, person: str, announced: int) -> Iterator[Callable[[int], None]]:
        """Gives a function that takes so many bytes more; they are free again after the block.

        Raises Refused photos_busy where the `announced` length or a further byte finds no room.
        """
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            self._take(person, size)
            taken += size

        self._look(person, announced)
        try:
            yield take
        finally:
            self._take(person, -taken)

    def _look(self, person: str, size: int) -> None:
        with self._lock:
            if not self._fits(person, size):
                raise Refused("photos_busy", seconds=_AGAIN_S)

    def _take(self, person: str, size: int) -> None:
        with self._lock:
            if size > 0 and not self._fits(person, size):
                raise Refused("photos_busy", seconds=_AGAIN_S)
            self._taken[person] += size
            if not self._taken[person]:
                del self._taken[person]

    def _fits(self, person: str, size: int) -> bool:
        return (
            self._taken.total() + size <= self._most
            and self._taken[person] + size <= self._most_of_one
        )


def photo_room() -> PhotoRoom:
    """The room of this process, as large as its settings say."""
    settings = store().settings
    most = settings.photo_room_mib * 1024 * 1024
    of_one = max(most // _SHARE, settings.photo_max_kib * 1024)
    room: PhotoRoom = current_app.extensions.setdefault(_ROOM, PhotoRoom(max(most, of_one), of_one))
    return room
