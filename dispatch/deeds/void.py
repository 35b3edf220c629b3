"""申请作废: somebody asks to void an alert that should not exist; a second person decides."""

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import APART_BUTTON, Tells
from dispatch.domain.law.request_names import VOID
from dispatch.store.ids import new_id
from dispatch.store.tables import Request


@deed(
    "void",
    tells=(
        Tells("street", "to_confirm_void", asks="confirm_void", by_another=True),
        Tells("district", "to_confirm_void", asks="confirm_void", by_another=True),
    ),
    button=APART_BUTTON,
)
def void(context: StepContext) -> Change:
    """The clocks go on until it is decided."""
    context.tx.session.add(
        Request(
            id=new_id(),
            alert_id=context.alert.id,
            kind=VOID,
            unit=context.alert.street or context.playbook.district.id,
            asker=context.access.person_id,
            asked_at=context.tx.now,
            codes={},
        ),
    )
    return words_and_photos(context)
