"""What follows from each deed for those who read of it: whom it tells, its button, its sentences.

The table is declared here and filled by the files of `dispatch/deeds/`, each for its own step,
when they are imported. `views` and `telling` read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from dispatch.domain.law.events import EVENTS
from dispatch.domain.law.steps import STEPS

ButtonPlace = Literal["main", "beside", "more", "apart"]


@dataclass(frozen=True)
class Tells:
    """One notice of a deed: to whom, in which words; `asks`: the step that it asks them to take."""

    audience: str
    notice: str
    asks: str | None = None


@dataclass(frozen=True)
class Button:
    """Where a step can stand on a face, and before which others of the same place: lower first.

    At most one step is the main one at a time, and two stand beside it; the rest wait behind
    「更多」. `apart`: it ends the alert or takes it off the list, so no thumb falls on it.
    """

    place: ButtonPlace = "more"
    rank: int = 0


def main_button(rank: int) -> Button:
    """It can be the question of the moment."""
    return Button("main", rank)


def side_button(rank: int) -> Button:
    """It answers the same question, or is done daily."""
    return Button("beside", rank)


MORE_BUTTON: Final = Button()
APART_BUTTON: Final = Button("apart")


@dataclass(frozen=True)
class DeedEntry:
    """What one deed means to its readers.

    `tells_followers`: the notice to reporters whose alerts were merged into this one. `variants`:
    codes of its log row that choose another sentence where they say something. `photos`: for what
    its pictures are taken. `ahead`: steps that the same person may take after it without a network.
    """

    tells: tuple[Tells, ...] = ()
    tells_followers: str | None = None
    button: Button = MORE_BUTTON
    variants: tuple[str, ...] = ()
    photos: str = "evidence"
    ahead: tuple[str, ...] = ()


_LORE: dict[str, DeedEntry] = {}
DEED_TABLE: Final[Mapping[str, DeedEntry]] = MappingProxyType(_LORE)
_NOTHING: Final = DeedEntry()


def enter_deed(name: str, lore: DeedEntry) -> None:
    """Enter a deed of the law, or something that the city itself records; each once.

    Raises LookupError for a name that neither the steps nor the events have.
    """
    if name not in STEPS and name not in EVENTS:
        raise LookupError(
            f"{name!r} is no step: give it a row in dispatch/domain/law/steps.py first "
            "(what the city records by itself stands in dispatch/domain/law/events.py)"
        )
    if name in _LORE:
        raise LookupError(f"{name!r} has a deed already; one step, one file")
    _LORE[name] = lore


def deed_entry(name: str) -> DeedEntry:
    """What a deed or an event means to its readers; nothing special where it says nothing."""
    return _LORE.get(name, _NOTHING)


def steps_without_deed() -> list[str]:
    """Steps of the law that nobody wrote a deed for."""
    return [step.name for step in STEPS.values() if not step.later and step.name not in _LORE]


def main_steps() -> list[str]:
    """The steps that can be the main one, the most pressing first."""
    return _standing("main")


def side_steps() -> list[str]:
    """The steps that can stand beside the main one, in order."""
    return _standing("beside")


def _standing(place: ButtonPlace) -> list[str]:
    buttons = ((lore.button, name) for name, lore in _LORE.items())
    return [name for _, name in sorted((b.rank, name) for b, name in buttons if b.place == place)]
