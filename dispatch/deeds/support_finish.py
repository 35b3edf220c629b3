"""协办完成: a supporting unit has done its part."""

from dispatch.deeds.machinery.awaited import goes_on
from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.deeds.machinery.supports import own_support, with_stopped_clocks
from dispatch.domain.law.deed_table import Tells, main_button
from dispatch.domain.supports import FIRST, REQUIRED


@deed(
    "support_finish",
    tells=(
        Tells("lead", "support_finished", of=REQUIRED),
        Tells("lead", "first_finished", of=FIRST),
        Tells("verifier", "to_verify", asks="verify_ok", into="verifying"),
    ),
    button=main_button(140),
    variants=("done",),
)
def support_finish(context: StepContext) -> Change:
    mine = own_support(context)
    mine.finished_at = context.tx.now
    mine.handler = mine.handler or context.access.person_id
    return goes_on(context, with_stopped_clocks(context, mine, words_and_photos(context)))
