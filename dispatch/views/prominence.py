"""Where a step stands on a face: the one big button, one beside it, behind 「更多」, or apart."""

from collections.abc import Iterable, Sequence
from typing import Final

from dispatch.domain.law.deed_table import ButtonPlace, deed_entry, main_steps, side_steps

_MOST_BESIDE: Final = 2


def places(steps: Iterable[str]) -> dict[str, ButtonPlace]:
    """The place of each step that is open now, as its deed registered it.

    At most one is the main one, the most pressing; the first two that answer the same question
    stand beside it; others of these wait behind 「更多」 with the rest.
    """
    names = list(steps)
    main = next((name for name in main_steps() if name in names), None)
    beside = [name for name in side_steps() if name in names][:_MOST_BESIDE]
    return {name: _place(name, main, beside) for name in names}


def rank(name: str, place: ButtonPlace) -> int:
    """In which order the faces draw them: answers to one question stand beside each other."""
    if place == "main":
        return -1
    order = side_steps()
    return order.index(name) if place == "beside" else len(order)


def _place(name: str, main: str | None, beside: Sequence[str]) -> ButtonPlace:
    if name == main:
        return "main"
    if name in beside:
        return "beside"
    return "apart" if deed_entry(name).button.place == "apart" else "more"
