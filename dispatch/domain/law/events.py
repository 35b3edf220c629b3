"""What the city itself records about an alert, beside the steps that people take."""

from typing import Final

EVENTS: Final = frozenset(
    {
        # how it came in
        "dispatch",
        "propose",
        "photo",
        # two alerts became one, or two again
        "merged_in",
        "merged_out",
        # time passed
        "remind",
        "notify",
        "card",
        "undecided",
        "clock_resumed",
        "calendar_ends",
        "suspension_over",
        "lapse",
        "reapply",
        "rung_failed",
    }
)
# Those that move an alert, and so raise its version.
MOVING_EVENTS: Final = frozenset({"suspension_over", "lapse"})
