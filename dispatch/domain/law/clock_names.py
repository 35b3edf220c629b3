"""The clocks of an alert by name, and who owes them."""

from typing import Final

# In the order of an alert's life, which is the order in which faces list them.
CLOCKS: Final = (
    *("accept", "ruling", "sign", "contact", "arrive"),
    *("dispose", "overall", "verify", "rate"),
)
# Owed by the unit that has the assignment; all other clocks belong to the alert itself.
OF_THE_LEAD: Final = frozenset({"sign", "contact", "arrive", "dispose"})
# Owed by the unit that leads, from the moment at which it received the alert.
TO_DISPOSE: Final = "dispose"
# The date that the reporter was told. It begins with the first dispatch, and no change of hands
# moves it. It has no ladder; the figures of the city come from it, those of units from their own.
OVERALL: Final = "overall"
# Those for which a playbook writes limits and ladders.
PROMISED_CLOCKS: Final = tuple(clock for clock in CLOCKS if clock != OVERALL)
# Lengthened by an extension, and continued after rework.
OF_THE_WORK: Final = (TO_DISPOSE, OVERALL)
# When it ends, the alert closes by itself; nobody is late by it.
TO_RATE: Final = "rate"
# The states of a promise: its clock runs or is paused; it was kept after its due time and somebody
# had asked in time for more time, on which the district has not decided; it was kept in time, or
# was late; it became meaningless, neither met nor missed.
RUNNING: Final = "running"
PAUSED: Final = "paused"
AWAITS_DECISION: Final = "pending"  # its flag, too, while it is undecided
MET: Final = "met"
MISSED: Final = "missed"
ENDED: Final = "ended"
# Not over.
RUNNING_OR_PAUSED: Final = (RUNNING, PAUSED)
PROMISE_STATES: Final = (*RUNNING_OR_PAUSED, AWAITS_DECISION, MET, MISSED, ENDED)
# Flags of a promise that waits for next year's calendar: for its due time, or for its last rungs.
CALENDAR_ENDS: Final = "calendar_ends"
LADDER_ENDS: Final = "ladder_ends"
# Flag of a promise that is late and counted nowhere: its date goes on in another promise, or it was
# taken away when lateness did not stay with the unit.
UNCOUNTED: Final = "uncounted"
