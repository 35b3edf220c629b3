"""Rates with their confidence interval, and whether a unit may be ranked by one."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

FEWEST: Final = 20  # with fewer cases a rate says more about chance than about a unit
_Z: Final = 1.959963984540054  # 95 %


@dataclass(frozen=True)
class Rate:
    """`kept` of `n`, with the Wilson interval at 95 %; shares from 0 to 1, None where n is 0."""

    kept: int
    n: int

    @property
    def share(self) -> float | None:
        return self.kept / self.n if self.n else None

    @property
    def low(self) -> float | None:
        return self._bound(-1)

    @property
    def high(self) -> float | None:
        return self._bound(1)

    @property
    def may_rank(self) -> bool:
        return self.n >= FEWEST

    def _bound(self, side: int) -> float | None:
        """Wilson (1927): stays within 0 and 1, also for few cases."""
        share, n = self.share, self.n
        if share is None:
            return None
        centre = share + _Z**2 / (2 * n)
        spread = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        return min(1.0, max(0.0, (centre + side * spread) / (1 + _Z**2 / n)))
