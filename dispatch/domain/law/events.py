"""What the city itself records about an alert, beside the steps that people take."""

from typing import Final

# The role in the log of what nobody did: the city did it.
SYSTEM: Final = "system"
# The rules ran once more, on what a person corrected.
DECIDED_AGAIN: Final = "decide_again"
# Whoever had the work handles none any more.
HANDED_BACK: Final = "handed_back"
# The unit is no more: another took over what it held.
HANDED_OVER: Final = "handed_over"
# Nobody answered who was asked to release a unit that helps: it goes on helping.
UNANSWERED: Final = "release_unanswered"
# The code of a log row, and the parameter of a notice: it fell due while the installation was lost,
# and happened when a backup had been restored.
AFTER_RESTORE: Final = "after_restore"
# The work is done or the alert is over, and a unit that still helped ends with it.
SUPPORT_OVER: Final = "support_over"
EVENTS: Final = frozenset(
    {
        # how it came in
        "dispatch",
        "propose",
        DECIDED_AGAIN,
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
        HANDED_BACK,
        HANDED_OVER,
        UNANSWERED,
        SUPPORT_OVER,
    }
)
# Those that move an alert, and so raise its version.
MOVING_EVENTS: Final = frozenset({"suspension_over", "lapse", HANDED_BACK, HANDED_OVER})
