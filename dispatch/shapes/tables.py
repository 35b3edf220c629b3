"""The tables that the faces use as they are: written as constants, so that nobody copies them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dispatch.domain.law.clock_names import AWAITS_DECISION, CLOCKS, OVERALL, TO_DISPOSE, TO_RATE
from dispatch.domain.law.relations import DESK_ROLES
from dispatch.domain.law.request_names import DECIDED_BY
from dispatch.domain.law.statuses import OPEN, STATUSES, WORK_DONE
from dispatch.domain.law.steps import STEPS
from dispatch.domain.reading import LONGEST_LANDMARK, LONGEST_TEXT, MOST_PHOTOS
from dispatch.domain.roles import ROLES
from dispatch.domain.time.courses import LIGHTS
from dispatch.domain.time.ladders import GRAVEST_FIRST
from dispatch.domain.time.promises import TIME_UNITS, WORKING
from dispatch.domain.traditional import TRADITIONAL
from dispatch.domain.unseen import UNSEEN_SIGNS


@dataclass(frozen=True)
class Constant:
    """A constant of the faces. `of`: the word of shapes/vocabulary.py that its values are, for
    the TypeScript; None: each value is a type of its own.
    """

    name: str
    about: str
    value: int | str | tuple[str, ...] | tuple[int, ...] | Mapping[str, str]
    of: str | None = None


def _open(*, with_clocks: bool) -> tuple[str, ...]:
    return tuple(
        name for name, each in STATUSES.items() if each.open and bool(each.clocks) is with_clocks
    )


def _deciding_roles() -> tuple[str, ...]:
    """Those in which people may take a step that decides on a request."""
    deciding = (STEPS[step] for steps in DECIDED_BY.values() for step in steps)
    roles = {role for step in deciding for who in step.who for role in DESK_ROLES[who]}
    return tuple(role for role in ROLES if role in roles)


CONSTANTS: Final = (
    Constant(
        "CLOSED_STATUSES",
        "Whoever has one of these has left the board.",
        tuple(name for name in STATUSES if name not in OPEN),
        of="Status",
    ),
    Constant(
        "TAB_STATUSES",
        "The list's tabs: the open statuses as the law orders them, those without a clock last.",
        _open(with_clocks=True) + _open(with_clocks=False),
    ),
    Constant(
        "DONE_STATUSES",
        "The work is done: what is missing is a look at it, or the reporter's word.",
        tuple(name for name in STATUSES if name in WORK_DONE),
        of="Status",
    ),
    Constant(
        "DECIDING_ROLES",
        "The desks that decide on what is asked.",
        _deciding_roles(),
        of="RoleName",
    ),
    Constant("CLOCKS", "As the life of an alert goes.", CLOCKS, of="Clock"),
    Constant("TO_DISPOSE", "The clock of the work itself.", TO_DISPOSE),
    Constant("OVERALL", "The date that the reporter was told: no unit owes it.", OVERALL),
    Constant("TO_RATE", "Nobody is late by this clock: it closes the alert by itself.", TO_RATE),
    Constant(
        "PENDING",
        "The flag of a promise that somebody asked in time to move, undecided: it is not late.",
        AWAITS_DECISION,
    ),
    Constant("CARDS", "The gravest first.", GRAVEST_FIRST),
    Constant(
        "OFFICE_UNITS",
        "Limits in these units count office time alone.",
        tuple(unit for unit in TIME_UNITS if unit in WORKING),
        of="TimeUnit",
    ),
    Constant("LIGHTS", "Per cent of a limit from which a promise has another shape.", LIGHTS),
    Constant("LONGEST_TEXT", "Characters that a text may have.", LONGEST_TEXT),
    Constant("LONGEST_LANDMARK", "Characters that a landmark may have.", LONGEST_LANDMARK),
    Constant(
        "TRADITIONAL", "In pairs a traditional character and its simplified one.", TRADITIONAL
    ),
    Constant("UNSEEN_SIGNS", "Signs that nobody sees, within a regular expression.", UNSEEN_SIGNS),
    Constant("MOST_PHOTOS", "Photos that a report or a step may bring.", MOST_PHOTOS),
    Constant(
        "STEP_LEADS_TO",
        "The status to which a step leads; those that lead nowhere are left out.",
        {name: step.to for name, step in STEPS.items() if step.to},
        of="Status",
    ),
)
