"""The connected consoles, grouped by what they see: each change is filtered once for each group."""

import threading
from collections.abc import Mapping

from dispatch.feed.audience import Topics
from dispatch.feed.cursors import visibility_key


class Consoles:
    """The connected consoles. A group is named by its visibility key, and is a Socket.IO room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._group_of: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._topics: dict[str, Topics] = {}

    def join(self, console: str, topics: Topics) -> str:
        """Adds the console and returns the name of its group."""
        group = visibility_key(topics)
        with self._lock:
            self._group_of[console] = group
            self._topics[group] = topics
            self._members.setdefault(group, set()).add(console)
        return group

    def leave(self, console: str) -> None:
        with self._lock:
            group = self._group_of.pop(console, None)
            if group is None:
                return
            self._members[group].discard(console)
            if not self._members[group]:
                del self._members[group], self._topics[group]

    def groups(self) -> Mapping[str, Topics]:
        """The groups with at least one console, and the topics of each."""
        with self._lock:
            return dict(self._topics)

    def __len__(self) -> int:
        return len(self._group_of)
