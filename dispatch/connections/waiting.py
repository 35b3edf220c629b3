"""The connections that no thread serves: who is late, and who goes first where room is scarce."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from dispatch.connections.bounds import ConnectionBounds
from dispatch.connections.connection import SLOW, Connection, Stage

_HASTE: Final = (Stage.LINGERING, Stage.IDLE, Stage.HEAD)  # the longest there goes first


class WaitingRoom:
    """Kept by stage, in the order in which they came into it."""

    def __init__(self, bounds: ConnectionBounds) -> None:
        self._bounds = bounds
        self._by_stage: dict[Stage, dict[Connection, None]] = {stage: {} for stage in Stage}

    def __len__(self) -> int:
        return sum(map(len, self._by_stage.values()))

    def __iter__(self) -> Iterator[Connection]:
        return iter([each for held in self._by_stage.values() for each in held])

    def enter(self, connection: Connection, stage: Stage, now: float, seconds: float = 0) -> None:
        self.leave(connection)
        connection.enter(stage, now, seconds)
        self._by_stage[stage][connection] = None

    def leave(self, connection: Connection) -> None:
        if connection.stage is not None:
            self._by_stage[connection.stage].pop(connection, None)
        connection.stage = None

    def late(self, now: float) -> list[Connection]:
        return [each for each in self if each.is_late(now)]

    def cap(self, deadline: float) -> None:
        """Nobody who asks for nothing stays longer than this."""
        for stage in _HASTE:
            for each in self._by_stage[stage]:
                each.deadline = min(each.deadline, deadline)

    def surplus(self, now: float) -> list[Connection]:
        """Of bodies and answers those beyond their number, where many come from one address and the
        slowest first; then the largest beyond what all of them may hold.
        """
        crowd = Counter(each.address for each in self._slow())
        slow = sorted(self._slow(), key=lambda each: (-crowd[each.address], each.rate(now)))
        gone = slow[: max(0, len(slow) - self._bounds.slow)]
        kept = sorted(slow[len(gone) :], key=lambda each: each.held)
        while sum(each.held for each in kept) > self._bounds.held_bytes:
            gone.append(kept.pop())
        return gone

    def dispensable(self, now: float) -> Connection | None:
        """Who can be missed most: the idle first, then whoever has not sent a head, the slowest."""
        for stage in _HASTE:
            if self._by_stage[stage]:
                return next(iter(self._by_stage[stage]))
        return min(self._slow(), key=lambda each: each.rate(now), default=None)

    def _slow(self) -> list[Connection]:
        return [each for stage in SLOW for each in self._by_stage[stage]]
