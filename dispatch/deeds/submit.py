"""提交结果: the handler reports what was done."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, main_button


@deed(
    "submit",
    tells=(Tells("lead", "to_confirm", asks="confirm"),),
    button=main_button(50),
    photos="after",
    ahead=("note",),
)
def submit(context: StepContext) -> Change:
    person = context.access.person_id
    if context.lead is not None:
        context.lead.finished_at = context.tx.now
        context.lead.confirmed_at = None
        context.lead.handler = context.lead.handler or person
    context.alert.handler = context.alert.handler or person
    return words_and_photos(context)
