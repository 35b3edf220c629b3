"""Runs the cases of a playbook and gives what came out otherwise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.time.promises import Limit
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.book.rulebook import PlaybookCase
from dispatch.rules.deciding.engine import Decision, decide


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not come out."""

    case: PlaybookCase
    what: str
    wanted: object
    seen: object


def run_cases(playbook: Playbook) -> list[Failure]:
    """Every expectation of every case that the playbook does not meet, in their order."""
    return [failure for case in playbook.cases for failure in _failures(playbook, case)]


def _failures(playbook: Playbook, case: PlaybookCase) -> Iterator[Failure]:
    decision = decide(playbook, case.facts)
    for what, wanted in case.expect.items():
        seen = SEEN[what](decision, wanted)
        if seen != wanted:
            yield Failure(case, what, wanted, seen)


def _promised(decision: Decision, wanted: object) -> dict[str, Limit | None]:
    """The limits of the clocks that the case speaks of."""
    clocks = wanted if isinstance(wanted, Mapping) else {}
    terms = {clock: decision.promises.get(clock) for clock in clocks}
    return {clock: found.limit if found else None for clock, found in terms.items()}


def _helping(decision: Decision, wanted: object) -> frozenset[str]:
    """Who helps; in which way only where the case says so of that unit."""
    asked = (
        {each.partition(":")[0] for each in wanted if ":" in each}
        if isinstance(wanted, frozenset)
        else set()
    )
    return frozenset(
        f"{each.unit}: {each.mode}" if each.unit in asked else each.unit
        for each in decision.supports
    )


SEEN: Final[Mapping[str, Callable[[Decision, object], object]]] = MappingProxyType(
    {
        "lead": lambda decision, _: decision.lead,
        "rule": lambda decision, _: decision.rule,
        "supports": _helping,
        "promises": _promised,
        "needs_person": lambda decision, _: decision.needs_person,
        "severity": lambda decision, _: decision.severity,
        "life_safety": lambda decision, _: decision.life_safety,
        "whistle": lambda decision, _: decision.whistle or "",
        "ladder": lambda decision, _: decision.ladder,
        "tags": lambda decision, _: frozenset(decision.tags),
    }
)
