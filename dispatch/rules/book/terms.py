"""What is promised and who helps: the values that categories, rules and decisions share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from dispatch.domain.desks import DESK_OF_ROLE
from dispatch.domain.time.promises import Limit
from dispatch.rules.language.labels import Label

# In place of a unit: the street in which the problem is.
THE_STREET: Final = "the_street"
# Whom a rung of a ladder may tell.
RECIPIENTS: Final = ("handler", "lead", "street", "district", "supervisor", "reporter")
# What stands for a unit where units are named: no unit can have such an id.
NO_UNITS: Final = frozenset({THE_STREET, *RECIPIENTS, *DESK_OF_ROLE.values()})


@dataclass(frozen=True, slots=True)
class Terms:
    """A promise's terms: how long, by which calendar, resting on which basis.

    `of_unit`: nobody wrote a calendar, so that the hours of whoever owes the promise count.
    """

    limit: Limit
    calendar: str
    basis: str
    of_unit: bool = False


@dataclass(frozen=True, slots=True)
class SupportCall:
    """A unit that a rule calls to help the lead. `mode`: required, first or informed; `promises`:
    its own limits by clock, the alert's where it has none.
    """

    unit: str
    mode: str
    promises: Mapping[str, Terms] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Basis:
    """The document and clause something rests on; `open` while there is none yet. `drafter`: who
    put it down; `review`: until when somebody should look again.
    """

    id: str
    label: Label
    open: bool
    drafter: str = ""
    review: date | None = None


def terms_as_text(terms: Terms) -> str:
    """`8 work_hours (shenzhen)`; without the basis."""
    return f"{terms.limit} ({terms.calendar})"
