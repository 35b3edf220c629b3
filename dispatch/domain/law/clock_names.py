"""The clocks of an alert by name, and who owes them."""

from typing import Final

# In the order of an alert's life, which is the order in which faces list them.
CLOCKS: Final = ("accept", "ruling", "sign", "contact", "arrive", "dispose", "verify", "rate")
# Owed by the unit that has the assignment; all other clocks belong to the alert itself.
OF_THE_LEAD: Final = frozenset({"sign", "contact", "arrive", "dispose"})
# The clock that can be extended, that continues after rework, and that the reporter waits for.
TO_DISPOSE: Final = "dispose"
# When it ends, the alert closes by itself; nobody is late by it.
TO_RATE: Final = "rate"
# The states of a promise that is not over.
RUNNING_OR_PAUSED: Final = ("running", "paused")
# Flags of a promise that waits for next year's calendar: for its due time, or for its last rungs.
CALENDAR_ENDS: Final = "calendar_ends"
LADDER_ENDS: Final = "ladder_ends"
