"""A condition as a typed tree: all, any and not over comparisons of facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dispatch.rules.conditions.circumstances import Circumstances
from dispatch.rules.language.nodes import Node

Holds = Callable[[Circumstances], bool]


class _NotAsked:
    """Stands for the answer to a question nobody was asked: it makes any comparison false."""

    def __repr__(self) -> str:
        return "not asked"


NOT_ASKED: Final = _NotAsked()


@dataclass(frozen=True, slots=True)
class Miss:
    """The first comparison that failed: where it stands, what it saw and what it wanted."""

    file: str
    line: int
    path: str
    fact: str
    seen: object
    wanted: object


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison of one fact.

    `accepts`: exactly the values for which it holds, where they can be listed; checks of
    unreachable rules reason with it, and with the `interval` of counts. `fact` names the fact
    ("category", "answer.urgency"). `days`: how far back it looks at what was reported nearby, 0 for
    what is open; None where it does not.
    """

    fact: str
    wanted: object
    see: Callable[[Circumstances], object]
    holds: Holds
    at: Node
    accepts: frozenset[str] | None = None
    interval: tuple[float, float] | None = None
    days: int | None = None

    def miss(self, about: Circumstances) -> Miss | None:
        if self.holds(about):
            return None
        return self.as_miss(about, self.wanted)

    def as_miss(self, about: Circumstances, wanted: object) -> Miss:
        seen = self.see(about)
        return Miss(self.at.file, self.at.line, self.at.path, self.fact, seen, wanted)

    def leaves(self) -> tuple["Leaf", ...]:
        return (self,)


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part does."""

    parts: tuple["Condition", ...]

    def holds(self, about: Circumstances) -> bool:
        return all(part.holds(about) for part in self.parts)

    def miss(self, about: Circumstances) -> Miss | None:
        return next((miss for part in self.parts if (miss := part.miss(about))), None)

    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves())


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one part does; its first part speaks for a miss."""

    parts: tuple["Condition", ...]

    def holds(self, about: Circumstances) -> bool:
        return any(part.holds(about) for part in self.parts)

    def miss(self, about: Circumstances) -> Miss | None:
        return None if self.holds(about) else self.parts[0].miss(about)

    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves())


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not, also where the part fails only because nobody asked."""

    part: "Condition"

    def holds(self, about: Circumstances) -> bool:
        return not self.part.holds(about)

    def miss(self, about: Circumstances) -> Miss | None:
        if self.holds(about):
            return None
        leaf = self.part.leaves()[0]
        return leaf.as_miss(about, {"not": leaf.wanted})

    def leaves(self) -> tuple[Leaf, ...]:
        return self.part.leaves()


Condition = Leaf | All | AnyOf | Not


def compiled(condition: Condition | None, known: frozenset[str] = frozenset()) -> Holds | None:
    """One function for the whole condition, None where it always holds.

    `known`: facts whose exact comparisons hold already, because the rule was found by them.
    """
    if condition is None:
        return None
    if isinstance(condition, Leaf):
        exact = condition.accepts is not None
        return None if exact and condition.fact in known else condition.holds
    if not isinstance(condition, All):
        return condition.holds
    parts = [each for part in condition.parts if (each := compiled(part, known))]
    if len(parts) < 2:
        return parts[0] if parts else None
    return _both(parts[0], parts[1]) if len(parts) == 2 else _every(tuple(parts))


def _both(first: Holds, second: Holds) -> Holds:
    return lambda about: first(about) and second(about)


def _every(parts: tuple[Holds, ...]) -> Holds:
    def holds(about: Circumstances) -> bool:
        for part in parts:  # noqa: SIM110 - a generator costs more than the comparisons
            if not part(about):
                return False
        return True

    return holds


def days_asked(condition: Condition | None) -> tuple[int, ...]:
    """For each comparison with what lies nearby, how many days back it looks; 0: what is open."""
    leaves = condition.leaves() if condition else ()
    return tuple(leaf.days for leaf in leaves if leaf.days is not None)


def required(condition: Condition | None) -> tuple[Leaf, ...]:
    """The comparisons that must hold whenever the whole does: those joined by `all` alone."""
    if isinstance(condition, Leaf):
        return (condition,)
    if isinstance(condition, All):
        return tuple(leaf for part in condition.parts for leaf in required(part))
    return ()
