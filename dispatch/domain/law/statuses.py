"""The statuses of an alert: whose turn it is, which clocks run, and which of them are open."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from dispatch.domain.law.who import DISTRICT, HANDLER, LEAD_UNIT, NOBODY, REPORTER, STREET, VERIFIER


@dataclass(frozen=True)
class StatusEntry:
    """One status: whose turn it is, which clocks run, and whether the alert is still open."""

    name: str
    turn: str
    clocks: tuple[str, ...] = ()
    open: bool = True


STATUSES: Final = MappingProxyType(
    {
        status.name: status
        for status in (
            StatusEntry("reported", STREET, ("accept",)),
            StatusEntry("dispatched", LEAD_UNIT, ("sign", "arrive", "dispose", "overall")),
            StatusEntry("returned", DISTRICT, ("ruling", "overall")),
            StatusEntry("signed", LEAD_UNIT, ("contact", "arrive", "dispose", "overall")),
            StatusEntry("on_site", HANDLER, ("dispose", "overall")),
            StatusEntry("submitted", LEAD_UNIT, ("dispose", "overall")),
            StatusEntry("suspended", LEAD_UNIT),
            StatusEntry("verifying", VERIFIER, ("verify",)),
            StatusEntry("resolved", REPORTER, ("rate",)),
            StatusEntry("closed", NOBODY, open=False),
            StatusEntry("declined", NOBODY, open=False),
            StatusEntry("referred", NOBODY, open=False),
            StatusEntry("merged", NOBODY, open=False),
            StatusEntry("voided", NOBODY, open=False),
            StatusEntry("withdrawn", NOBODY, open=False),
        )
    },
)

MERGED: Final = "merged"
SUSPENDED: Final = "suspended"
# The work is done; its lead confirms it, and then waits for the units that still work.
SUBMITTED: Final = "submitted"
VERIFYING: Final = "verifying"
OPEN: Final = frozenset(name for name, status in STATUSES.items() if status.open)
# The unit works on it.
IN_HAND: Final = frozenset({"signed", "on_site"})
# The unit has signed and its work is not verified yet.
IN_WORK: Final = IN_HAND | {SUBMITTED}
# A lead has the alert or is about to take it: supports can act in these.
WITH_LEAD: Final = frozenset({"dispatched", "returned"}) | IN_WORK
# Somebody holds it: a suspension takes it from nobody. In any other status the work has not begun,
# is done, or is over.
HELD: Final = WITH_LEAD | {SUSPENDED}
# The work is done: what is missing is a look at it, or the reporter's word.
WORK_DONE: Final = frozenset(
    name for name, status in STATUSES.items() if status.turn in {VERIFIER, REPORTER}
)
# Nobody has signed for it.
UNSIGNED: Final = frozenset({"reported", "dispatched", "returned"})
# An alert that ended so was no problem of its own: it does not count as a repetition.
NO_PROBLEM: Final = ("declined", "referred", "merged", "voided", "withdrawn")
# A new report of the same problem belongs to one of these: once the work is done (submitted or
# later), a new report says that it was not; and one that was put off until a date would hide a
# fresh one until then.
TAKES_IN: Final = UNSIGNED | IN_HAND


def has_confirmed(status: str, confirmed_at: datetime | None) -> bool:
    """Whether the lead has confirmed its part and waits for units that still work. `confirmed_at`:
    of the lead's assignment.
    """
    return status == SUBMITTED and confirmed_at is not None
