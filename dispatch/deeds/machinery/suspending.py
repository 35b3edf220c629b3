"""When a suspension ends, and which status the alert had before it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dispatch.domain.law.request_names import SUSPEND
from dispatch.domain.time.instants import at_clock_time
from dispatch.rules.book.playbook import Playbook
from dispatch.store.requests import last_granted
from dispatch.store.tables import Alert
from dispatch.store.transaction import Transaction


def first_instant_of(playbook: Playbook, day: str) -> datetime:
    """The first instant of a date (ISO) in the district's time zone, in UTC."""
    midnight = datetime.combine(date.fromisoformat(day), time())
    return at_clock_time(midnight, ZoneInfo(playbook.district.timezone)).astimezone(UTC)


def status_before(tx: Transaction, alert: Alert) -> str:
    """The alert's status when it was suspended."""
    request = last_granted(tx.session, alert.id, SUSPEND)
    return request.codes["from"] if request else "signed"
