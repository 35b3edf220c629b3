"""申请退回: the lead says that another unit is responsible, and the district decides."""

from dispatch.deeds.machinery.change import Change, masked_words
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.law.request_names import RETURN
from dispatch.store.ids import new_id
from dispatch.store.tables import Request


@deed("return", tells=(Tells("district", "to_rule", asks="rule"),), button=side_button(100))
def return_(context: StepContext) -> Change:
    alert, proposed = context.alert, context.values["proposed"]
    alert.returns += 1
    context.tx.session.add(
        Request(
            id=new_id(),
            alert_id=alert.id,
            kind=RETURN,
            unit=alert.lead or "",
            asked_at=context.tx.now,
            asker=context.access.person_id,
            codes={"proposed": proposed, "from": alert.status},
        ),
    )
    words = masked_words(context, "reason", "clause", "finding")
    return Change(codes={"proposed": proposed}, detail=words)
