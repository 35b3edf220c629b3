"""逾期未答复: nobody answered who was asked to release a unit that helps, so it goes on helping."""

from dispatch.deeds.machinery.releasing import desks_of
from dispatch.domain.law.deed_table import DeedEntry, Tells, enter_deed
from dispatch.domain.law.events import SYSTEM, UNANSWERED
from dispatch.domain.law.request_names import LAPSED
from dispatch.store.alerts import alert_columns
from dispatch.store.log import Event
from dispatch.store.tables import Alert, Request
from dispatch.store.transaction import Transaction
from dispatch.telling.notices import tell_of_step

enter_deed(UNANSWERED, DeedEntry(tells=(Tells("asker", UNANSWERED),)))


def keep_support(tx: Transaction, alert: Alert, request: Request) -> None:
    """Closes the request, and tells whoever asked. The alert's row is locked."""
    request.ruled_at, request.verdict = tx.now, LAPSED
    codes = {"support": request.codes["support"]}
    tx.record(Event(UNANSWERED, alert_id=alert.id, role=SYSTEM, codes=codes))
    told = alert_columns(alert) | {"desks": desks_of(alert, request)}
    tell_of_step(tx, told, UNANSWERED, cause=f"{UNANSWERED}:{request.id}")
