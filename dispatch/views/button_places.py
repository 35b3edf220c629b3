"""Where a step's button stands: the main one, beside it, behind 「更多」, or apart."""

from collections.abc import Iterable, Sequence
from typing import Final

from dispatch.domain.law.deed_table import ButtonPlace, deed_entry, main_steps, side_steps

_MOST_BESIDE: Final = 2


def button_places(steps: Iterable[str]) -> dict[str, ButtonPlace]:
    """The place of each step on offer, as its deed registered it.

    At most one is the main one, the most pressing; the first two alternatives stand beside it; the
    others are behind 「更多」.
    """
    names = list(steps)
    main = next((name for name in main_steps() if name in names), None)
    beside = [name for name in side_steps() if name in names][:_MOST_BESIDE]
    return {name: _place(name, main, beside) for name in names}


def draw_order(name: str, place: ButtonPlace) -> int:
    """The position of a button among those that are drawn."""
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
