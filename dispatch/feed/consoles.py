"""Who listens now, grouped by what they see: a change is judged once for each group."""

import threading
from collections.abc import Mapping

from dispatch.feed.audience import Rooms
from dispatch.feed.cursors import eyes


class Consoles:
    """The connected consoles; a group is named by its eyes and is also a Socket.IO room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._group_of: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._rooms: dict[str, Rooms] = {}

    def join(self, console: str, rooms: Rooms) -> str:
        """The group that the console belongs to from now on."""
        group = eyes(rooms)
        with self._lock:
            self._group_of[console] = group
            self._rooms[group] = rooms
            self._members.setdefault(group, set()).add(console)
        return group

    def leave(self, console: str) -> None:
        with self._lock:
            group = self._group_of.pop(console, None)
            if group is None:
                return
            self._members[group].discard(console)
            if not self._members[group]:
                del self._members[group], self._rooms[group]

    def groups(self) -> Mapping[str, Rooms]:
        """The groups with at least one console, and the rooms that each listens in."""
        with self._lock:
            return dict(self._rooms)

    def __len__(self) -> int:
        return len(self._group_of)
