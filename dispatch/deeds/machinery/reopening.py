"""What was closed too early is opened again: a new round with whole promises, counted as rebound.

The first resolution stays in the record: its promises, its log rows, and its two moments here.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.leading import give_to
from dispatch.domain.law.windows import reopens_until
from dispatch.errors import Refused


def in_time(case: Case) -> None:
    """Within the district's days, and where a unit led it that is still there."""
    alert, district = case.alert, case.playbook.district
    closed = alert.closed_at
    until = closed and reopens_until(closed, district.reopen_days, ZoneInfo(district.timezone))
    if until is None or case.tx.now > until:
        raise Refused("reopen_late", days=district.reopen_days)
    if alert.lead not in case.playbook.units:
        raise Refused("unknown_unit", unit=alert.lead or "–")


def reopen(case: Case) -> Change:
    alert, change = case.alert, only_words(case)
    give_to(case, str(alert.lead)).signed_at = case.tx.now
    alert.reopened += 1
    change.codes = {
        "lead": alert.lead,
        "times": alert.reopened,
        "resolved_at": _iso(alert.resolved_at),
        "closed_at": _iso(alert.closed_at),
    }
    alert.resolved_at = alert.closed_at = None
    return change


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
