"""The earlier rules that could take what a rule accepts, found by what both must have in common.

A rule that asks for certain words takes nothing from a rule that does not ask for them. With that
index thousands of rules about one category are checked without comparing each with each.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Something with a place in the order of a file."""

    @property
    def place(self) -> int: ...


C = TypeVar("C", bound=Placed)
Marks = Collection[Hashable] | None


class EarlierClaims(Generic[C]):
    """The claims of one category in their order, indexed by their marks.

    A claim takes only from claims that have one of its marks; None for marks: from any claim.
    """

    def __init__(self, claims: Iterable[C], marks: Callable[[C], Marks]) -> None:
        self._coming = iter(claims)
        self._next = next(self._coming, None)
        self._marks = marks
        self._all: list[C] = []
        self._unmarked: list[C] = []
        self._by_mark: defaultdict[Hashable, list[C]] = defaultdict(list)

    def before(self, claim: C, marks: Marks) -> Iterator[C]:
        """The claims before this one that could take from it; `marks`: its own, None: unknown.

        To be called in the order of the claims.
        """
        while self._next is not None and self._next.place < claim.place:
            self._put(self._next)
            self._next = next(self._coming, None)
        if marks is None:
            return iter(self._all)
        found = [self._by_mark[mark] for mark in marks if mark in self._by_mark]
        if not found:
            return iter(self._unmarked)
        return merge(self._unmarked, *found, key=attrgetter("place"))

    def _put(self, claim: C) -> None:
        marks = self._marks(claim)
        self._all.append(claim)
        if marks is None:
            self._unmarked.append(claim)
            return
        for mark in marks:
            self._by_mark[mark].append(claim)


@dataclass(slots=True)
class ComparisonBudget:
    """Bounds the time of a check: comparisons left in all, and the most for one rule."""

    left: int
    most: int

    def spend(self, claims: Iterator[C]) -> Iterator[C]:
        """As many of the claims as the budget allows."""
        for claim in islice(claims, self.most):
            if self.left <= 0:
                return
            self.left -= 1
            yield claim


def hashable(wanted: object) -> Hashable:
    """What a comparison wants, as a mark: equal for equal wishes."""
    if isinstance(wanted, dict):
        return frozenset((key, hashable(each)) for key, each in wanted.items())
    return tuple(map(hashable, wanted)) if isinstance(wanted, list) else str(wanted)
