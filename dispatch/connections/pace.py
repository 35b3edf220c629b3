"""Whether bytes move fast enough: so many in each stretch of time, however long all of it takes."""

from dataclasses import dataclass

from dispatch.connections.bounds import ConnectionBounds

_FRESH_S = 5  # before that nobody can say how fast somebody is


@dataclass
class Pace:
    """The pace of one body or answer; `done` is always how many bytes have moved so far."""

    bounds: ConnectionBounds
    began: float
    done: int = 0  # when the present stretch began
    earlier: tuple[float, int] | None = None  # when the one before it began

    def keeps_up(self, now: float, done: int) -> bool:
        """Asked as often as one likes; decides at the end of each stretch."""
        if now < self.began + self.bounds.window_s:
            return True
        moved = done - self.done
        self.earlier = (self.began, self.done)
        self.began, self.done = now, done
        return moved >= self.bounds.least_bytes

    def rate(self, now: float, done: int) -> float:
        """Bytes a second, over this stretch and the one before; just enough while it is fresh."""
        began, before = self.earlier or (self.began, self.done)
        if now - began < _FRESH_S:
            return self.bounds.least_bytes / self.bounds.window_s
        return (done - before) / (now - began)
