"""The statuses of an alert: whose turn it is, which clocks run, and which of them are open."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.who import DISTRICT, HANDLER, LEAD_UNIT, NOBODY, REPORTER, STREET, VERIFIER


@dataclass(frozen=True)
class Status:
    """One status: whose turn it is, which clocks run, and whether the alert is still open."""

    name: str
    turn: str
    clocks: tuple[str, ...] = ()
    open: bool = True


STATUSES: Final = MappingProxyType(
    {
        status.name: status
        for status in (
            Status("reported", STREET, ("accept",)),
            Status("dispatched", LEAD_UNIT, ("sign", "arrive", "dispose")),
            Status("returned", DISTRICT, ("ruling",)),
            Status("signed", LEAD_UNIT, ("contact", "arrive", "dispose")),
            Status("on_site", HANDLER, ("dispose",)),
            Status("submitted", LEAD_UNIT, ("dispose",)),
            Status("suspended", LEAD_UNIT),
            Status("verifying", VERIFIER, ("verify",)),
            Status("resolved", REPORTER, ("rate",)),
            Status("closed", NOBODY, open=False),
            Status("declined", NOBODY, open=False),
            Status("referred", NOBODY, open=False),
            Status("merged", NOBODY, open=False),
            Status("voided", NOBODY, open=False),
            Status("withdrawn", NOBODY, open=False),
        )
    },
)

MERGED: Final = "merged"
SUSPENDED: Final = "suspended"
OPEN: Final = frozenset(name for name, status in STATUSES.items() if status.open)
# The unit works on it.
IN_HAND: Final = frozenset({"signed", "on_site"})
# The unit has signed and its work is not verified yet.
IN_WORK: Final = IN_HAND | {"submitted"}
# A lead has the alert or is about to take it: supports can act in these.
WITH_LEAD: Final = frozenset({"dispatched", "returned"}) | IN_WORK
