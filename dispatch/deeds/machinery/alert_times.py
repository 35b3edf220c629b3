"""The times that a row keeps of an alert: dispatched, signed, resolved, closed."""

from datetime import datetime

from dispatch.domain.law.statuses import OPEN, SUSPENDED
from dispatch.store.tables import Alert


def stamp_times(alert: Alert, source: str, target: str, now: datetime) -> None:
    """The timestamps that lists and figures need."""
    if target == source:
        return
    if target == "dispatched" and alert.dispatched_at is None:
        alert.dispatched_at = now
    elif target == "signed" and alert.signed_at is None:
        alert.signed_at = now
    elif target == "resolved":
        alert.resolved_at = now
    if source == SUSPENDED:
        alert.suspended_until = None
    if target not in OPEN:
        alert.closed_at = now
