"""重启: a closed alert begins a new round with whole promises, counted as a rebound.

The first resolution stays on record: its promises, its log rows, and its two timestamps in this
row.
"""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.first_response import call_first_anew
from dispatch.deeds.machinery.leading import assign_lead
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.time.instants import as_logged


@deed(
    "reopen",
    tells=(Tells("lead", "reopened"), Tells("first", "first_to_sign", asks="support_sign")),
    button=side_button(130),
)
def reopen(context: StepContext) -> Change:
    alert, change = context.alert, words_and_photos(context)
    assign_lead(context, str(alert.lead)).signed_at = context.tx.now
    alert.reopened += 1
    change.codes = {
        "lead": alert.lead,
        "times": alert.reopened,
        "resolved_at": as_logged(alert.resolved_at),
        "closed_at": as_logged(alert.closed_at),
    }
    alert.resolved_at = alert.closed_at = None
    return call_first_anew(context, change)
