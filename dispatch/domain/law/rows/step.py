"""What one row of the table of steps says."""

from dataclasses import dataclass
from typing import Final

from dispatch.domain.law.who import NOBODY

INSIDE: Final = "inside"
TOLD: Final = "told"
TOLD_ONCE: Final = "told_once"  # a request is granted


@dataclass(frozen=True)
class Field:
    """What a step asks for. `kind` tells the faces which control to show.

    `audience` of a text: `inside` for staff alone, `told` for the reporter as well, `told_once` for
    the reporter as well when the request is granted. `spared_by`: a required field may stay empty
    where one of these is filled.
    """

    name: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    audience: str = INSIDE
    spared_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step of an alert's life.

    `to` None: the status stays. `later`: the law names it, no deed exists yet. `moves_version`: it
    changes who holds the alert, its kind or its place even where the status stays.
    """

    name: str
    sources: frozenset[str]
    to: str | None
    who: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    later: bool = False
    moves_version: bool = False

    @property
    def needs_version(self) -> bool:
        """Whether it is taken on the version that the person saw, and raises it."""
        return self.to is not None or self.moves_version

    @property
    def is_over_http(self) -> bool:
        """Whether people take it on an alert; reporting makes one, and some are the city's own."""
        return bool(self.sources) and self.who != (NOBODY,)


def statuses_named(*names: str) -> frozenset[str]:
    """The statuses from which a step is taken."""
    return frozenset(names)
