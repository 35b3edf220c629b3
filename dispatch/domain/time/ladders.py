"""Ladders as a playbook writes them: rungs, what each does, and when it comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from dispatch.domain.time.promises import Limit

CardColour = Literal["yellow", "orange", "red"]

CARDS: Final[Mapping[str, CardColour]] = MappingProxyType(
    {"yellow_card": "yellow", "orange_card": "orange", "red_card": "red"}
)
MILDEST_FIRST: Final = tuple(CARDS.values())
GRAVEST_FIRST: Final = MILDEST_FIRST[::-1]
REMINDER: Final = "notice"
# The reporter's time to rate is over, and the alert closes by itself.
LAPSE: Final = "lapse"
# The due time has come and the district has not decided on a request to move it.
UNDECIDED: Final = "undecided"
# These fire by time alone: nobody can fire them early or put them off.
BY_TIME_ALONE: Final = (*CARDS, LAPSE, UNDECIDED)
ACTIONS: Final = (REMINDER, "urge", *CARDS, "open_supervision", "raise_severity")


@dataclass(frozen=True)
class Share:
    """After this percentage of the limit; 100 is the due time, 150 half a limit after it."""

    percent: int

    def __str__(self) -> str:
        return "due" if self.percent == 100 else f"{self.percent}%"


@dataclass(frozen=True)
class Before:
    """This long before the due time; the limit's unit says whether nights count."""

    limit: Limit

    def __str__(self) -> str:
        return f"{self.limit} before"


@dataclass(frozen=True)
class After:
    """This long after the due time."""

    limit: Limit

    def __str__(self) -> str:
        return f"{self.limit} after"


RungTime = Share | Before | After

DUE: Final = Share(100)
_PERCENT: Final = re.compile(r"([1-9]\d{0,3}) ?%", re.ASCII)
_AROUND: Final = re.compile(r"(.+) (before|after)")


def parse_rung_time(text: str) -> RungTime:
    """Reads `80%`, `due`, `30 minutes before`, `2 work_hours after`; str() writes them again.

    Raises ValueError for anything else.
    """
    if text == "due":
        return DUE
    if percent := _PERCENT.fullmatch(text):
        return Share(int(percent[1]))
    if around := _AROUND.fullmatch(text):
        limit = Limit.parse(around[1])
        return Before(limit) if around[2] == "before" else After(limit)
    raise ValueError(f"{text!r} is no moment: write 80%, due, 30 minutes before or 1 days after")


@dataclass(frozen=True)
class LadderRung:
    """One step of a ladder: when, what, to whom (recipients as the playbook names them).

    `repeat`: how often it comes again, `every`: how far apart. `working_hours_only`: it waits for
    opening hours.
    """

    at: RungTime
    action: str
    to: tuple[str, ...] = ()
    repeat: int = 0
    every: Limit | None = None
    working_hours_only: bool = False

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"unknown action {self.action!r}: one of {', '.join(ACTIONS)}")
        if bool(self.repeat) != (self.every is not None) or self.repeat < 0:
            raise ValueError("a rung that repeats says how often and how far apart")
