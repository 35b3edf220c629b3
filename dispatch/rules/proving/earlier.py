"""Which earlier rules could take what a rule says? Found by what they must have in common.

Whoever asks for words takes nothing from rules without them: so thousands of rules about one
category are told apart without comparing each with each.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Something of a file, in whose order it stands."""

    @property
    def place(self) -> int: ...


C = TypeVar("C", bound=Placed)
Marks = Collection[Hashable] | None


class Shelf(Generic[C]):
    """Claims in their order, each under its marks: it takes only from those that bear one of them.

    None for marks: it may take from anybody.
    """

    def __init__(self, claims: Iterable[C], marks: Callable[[C], Marks]) -> None:
        self._coming = iter(claims)
        self._next = next(self._coming, None)
        self._marks = marks
        self._all: list[C] = []
        self._unmarked: list[C] = []
        self._by_mark: defaultdict[Hashable, list[C]] = defaultdict(list)

    def before(self, claim: C, borne: Marks) -> Iterator[C]:
        """Those before a claim that could take from it, which bears these marks; None: unknown.

        To be asked in the order of the claims.
        """
        while self._next is not None and self._next.place < claim.place:
            self._put(self._next)
            self._next = next(self._coming, None)
        if borne is None:
            return iter(self._all)
        found = [self._by_mark[mark] for mark in borne if mark in self._by_mark]
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
class Purse:
    """How many comparisons are left in all, and the most for one rule: a check stays quick."""

    left: int
    most: int

    def spent_on(self, claims: Iterator[C]) -> Iterator[C]:
        for claim in islice(claims, self.most):
            if self.left <= 0:
                return
            self.left -= 1
            yield claim


def frozen(wanted: object) -> Hashable:
    """What a comparison wants: equal wishes are one mark."""
    if isinstance(wanted, dict):
        return frozenset((key, frozen(each)) for key, each in wanted.items())
    return tuple(map(frozen, wanted)) if isinstance(wanted, list) else str(wanted)
