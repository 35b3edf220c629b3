"""审核通过: the lead confirms the result, and the alert waits to be verified.

Where units that have to come still work, the lead's own part is done all the same: its clock stops,
and the alert goes on by itself when the last of them has finished.
"""

from dispatch.deeds.machinery.awaited import awaited_units, waits
from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "confirm",
    tells=(Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),),
    button=main_button(60),
    variants=("awaited",),
)
def confirm(context: StepContext) -> Change:
    change = words_and_photos(context)
    if context.lead is not None:
        context.lead.confirmed_at = context.tx.now
    units = awaited_units(context)
    return waits(context, change, units) if units else change
