"""Where a step stands on a face: the one big button, one beside it, behind 「更多」, or apart."""

from collections.abc import Iterable, Sequence
from typing import Final

from dispatch.domain.law.deeds import Place, lore_of, standing_beside, standing_main

_MOST_BESIDE: Final = 2


def places(steps: Iterable[str]) -> dict[str, Place]:
    """The place of each step that is open now, as its deed registered it.

    At most one is the main one, the most pressing; the first two that answer the same question
    stand beside it; others of these wait behind 「更多」 with the rest.
    """
    names = list(steps)
    main = next((name for name in standing_main() if name in names), None)
    beside = [name for name in standing_beside() if name in names][:_MOST_BESIDE]
    return {name: _place(name, main, beside) for name in names}


def rank(name: str, place: Place) -> int:
    """In which order the faces draw them: answers to one question stand beside each other."""
    if place == "main":
        return -1
    order = standing_beside()
    return order.index(name) if place == "beside" else len(order)


def _place(name: str, main: str | None, beside: Sequence[str]) -> Place:
    if name == main:
        return "main"
    if name in beside:
        return "beside"
    return "apart" if lore_of(name).button.place == "apart" else "more"
