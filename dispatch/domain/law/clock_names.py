"""The clocks of an alert, and who owes them."""

from typing import Final

# As the life of an alert goes: in this order faces list them.
CLOCKS: Final = ("accept", "ruling", "sign", "contact", "arrive", "dispose", "verify", "rate")
# The clocks that the unit with the assignment owes; all others belong to the alert itself.
OF_THE_LEAD: Final = frozenset({"sign", "contact", "arrive", "dispose"})
# The promise that is extended, that rework goes on with, and that the reporter waits for.
TO_DISPOSE: Final = "dispose"
# It closes the alert by itself; nobody is late by it.
TO_RATE: Final = "rate"
# What still counts: a clock that runs, and one that stands for a while.
RUNNING_OR_PAUSED: Final = ("running", "paused")
