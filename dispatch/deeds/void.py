"""申请作废: somebody says that an alert should never have been; a second person decides."""

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import APART_BUTTON, Tells
from dispatch.domain.law.situation import VOID
from dispatch.store.ids import new_id
from dispatch.store.tables import Request


@deed(
    "void",
    tells=(
        Tells("street", "to_confirm_void", asks="confirm_void"),
        Tells("district", "to_confirm_void", asks="confirm_void"),
    ),
    button=APART_BUTTON,
)
def void(case: Case) -> Change:
    """Its clocks run on meanwhile."""
    case.tx.session.add(
        Request(
            id=new_id(),
            alert_id=case.alert.id,
            kind=VOID,
            unit=case.alert.street or case.playbook.district.id,
            asked_at=case.tx.now,
            codes={"by": case.by_ref},
        ),
    )
    return only_words(case)
