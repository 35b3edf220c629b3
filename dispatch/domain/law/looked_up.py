"""What a deed looked up for the values of its step before the law is asked."""

from dataclasses import dataclass
from typing import Final

from dispatch.domain.law.arrival import Arrival


@dataclass(frozen=True)
class OtherAlert:
    """The alert into which this one is to be merged, as far as the law asks."""

    id: str
    number: str
    status: str
    is_private: bool
    life_safety: bool = False


@dataclass(frozen=True)
class Corrected:
    """What a correction would change. `changes`: the fields that say something new; `unknown`:
    those that name a kind or a grid that the playbook does not have; `is_accusation`: the kind is
    not taken in here; `is_implausible`: the point lies nowhere near the district; `opens_home`: it
    is about a home and would not be any more, so that more people read the reporter's words. Of
    accepting: `lead`: whom the rules name then, where nobody else is chosen; `street`: the one to
    which the alert belongs then, where its place is another.
    """

    changes: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()
    is_accusation: bool = False
    is_implausible: bool = False
    opens_home: bool = False
    lead: str | None = None
    street: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether kind and place can be set."""
        return not (self.unknown or self.is_accusation or self.is_implausible)


@dataclass(frozen=True)
class LookedUp:
    """What a deed looked up for the values of its step before the law is asked.

    `into`: the alert that is named; None where the person sees no such alert. `arrival`: how far
    the handler is from the pin; `is_in_grid`: a vague position lies inside the alert's grid.
    `is_hand`: the person or team that is named can be given the work. `corrected`: what a new kind,
    place or danger would change.
    """

    into: OtherAlert | None = None
    arrival: Arrival | None = None
    is_in_grid: bool = False
    is_hand: bool = True
    corrected: Corrected = Corrected()


NOTHING_LOOKED_UP: Final = LookedUp()
