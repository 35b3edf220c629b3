"""A table of what each deed means to its readers: whom it notifies, its button, its sentences.

It is declared here and filled when the files of `dispatch/deeds/` are imported, each for its own
step. `views` and `telling` read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from dispatch.domain.law.events import EVENTS
from dispatch.domain.law.steps import STEPS

ButtonPlace = Literal["main", "beside", "more", "apart"]
# `required`, `first` and `informed`: the units that the deed calls or releases in that mode.
# `caller` and `asker`: the desk that called a unit to help, and the one that asks for its release.
Audience = Literal[
    "reporter",
    "handler",
    "lead",
    "verifier",
    "street",
    "district",
    "required",
    "first",
    "informed",
    "support_handler",
    "caller",
    "asker",
]


@dataclass(frozen=True)
class Tells:
    """One notice of a deed: to whom and with which code; `asks`: the step that it asks them to
    take; `into`: only where the deed led into this status. `by_another`: whoever took the deed may
    not take the step that it asks for, so a desk at which they sit alone is not told. `of`: only
    where the support that the deed is about has this mode. `if_said`: only where the deed gives
    that notice something to say.
    """

    audience: Audience
    notice: str
    asks: str | None = None
    into: str | None = None
    by_another: bool = False
    of: str | None = None
    if_said: bool = False


@dataclass(frozen=True)
class Button:
    """Where a step's button stands, and its rank among those of the same place, lowest first.

    Of the steps on offer one at most is the main one and two stand beside it; the rest are behind
    「更多」. `apart`: the step ends the alert or takes it off the list, so its button is kept away.
    """

    place: ButtonPlace = "more"
    rank: int = 0


def main_button(rank: int) -> Button:
    """For a step that can be the next thing to do."""
    return Button("main", rank)


def side_button(rank: int) -> Button:
    """For an alternative to the main step, or something done daily."""
    return Button("beside", rank)


MORE_BUTTON: Final = Button()
APART_BUTTON: Final = Button("apart")


@dataclass(frozen=True)
class DeedEntry:
    """What one deed means to its readers.

    `tells_followers`: the notice to reporters whose alerts were merged into this one. `variants`:
    codes of its log row that choose another sentence where they have a value. `photos`: the purpose
    of its photos. `ahead`: steps that the same person may take after it while offline.
    """

    tells: tuple[Tells, ...] = ()
    tells_followers: str | None = None
    button: Button = MORE_BUTTON
    variants: tuple[str, ...] = ()
    photos: str = "evidence"
    ahead: tuple[str, ...] = ()


_ENTRIES: dict[str, DeedEntry] = {}
DEED_TABLE: Final[Mapping[str, DeedEntry]] = MappingProxyType(_ENTRIES)
_NOTHING: Final = DeedEntry()


def enter_deed(name: str, entry: DeedEntry) -> None:
    """Enter a step of the law, or something that the city itself records; each name once.

    Raises LookupError for a name that is neither a step nor an event, for a second entry, and for
    steps that it names and the law does not have.
    """
    if name not in STEPS and name not in EVENTS:
        raise LookupError(
            f"{name!r} is no step: give it a row in dispatch/domain/law/rows/ first "
            "(what the city records by itself stands in dispatch/domain/law/events.py)"
        )
    if name in _ENTRIES:
        raise LookupError(f"{name!r} has a deed already; one step, one file")
    for other in (*(tells.asks for tells in entry.tells), *entry.ahead):
        if other is not None and other not in STEPS:
            raise LookupError(f"the deed of {name!r} names {other!r}, which is no step")
    _ENTRIES[name] = entry


def deed_entry(name: str) -> DeedEntry:
    """The entry of a step or an event; an empty one where it registered nothing."""
    return _ENTRIES.get(name, _NOTHING)


def steps_asked_by(notice: str) -> frozenset[str]:
    """The steps for which this notice asks; a decision may be on a request of one of several kinds.
    Empty where it only tells.
    """
    told = (tells for entry in _ENTRIES.values() for tells in entry.tells)
    return frozenset(each.asks for each in told if each.notice == notice and each.asks)


def steps_without_deed() -> list[str]:
    """The steps of the law for which no file of `dispatch/deeds/` registered."""
    return [step.name for step in STEPS.values() if not step.later and step.name not in _ENTRIES]


def main_steps() -> list[str]:
    """The steps that can be the main one, most pressing first."""
    return _standing("main")


def side_steps() -> list[str]:
    """The steps that can stand beside the main one, in order."""
    return _standing("beside")


def _standing(place: ButtonPlace) -> list[str]:
    buttons = ((entry.button, name) for name, entry in _ENTRIES.items())
    return [name for _, name in sorted((b.rank, name) for b, name in buttons if b.place == place)]
