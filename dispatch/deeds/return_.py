"""申请退回: the lead says that another unit is responsible, and the district rules."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, words_of
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.domain.law.situation import RETURN
from dispatch.store.ids import new_id
from dispatch.store.tables import Request


@deed("return", tells=(Tells("district", "to_rule", asks="rule"),), button=side_button(100))
def return_(case: Case) -> Change:
    alert, proposed = case.alert, case.values["proposed"]
    alert.returns += 1
    case.tx.session.add(
        Request(
            id=new_id(),
            alert_id=alert.id,
            kind=RETURN,
            unit=alert.lead or "",
            asked_at=case.tx.now,
            codes={"proposed": proposed, "from": alert.status, "asker": case.by_ref},
        ),
    )
    words = words_of(case, "reason", "clause", "finding")
    return Change(codes={"proposed": proposed}, detail=words)
