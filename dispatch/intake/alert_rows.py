"""The first rows of an alert."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.deeds.machinery.assignments import assignment_row
from dispatch.domain.numbers import alert_number, serial_counter
from dispatch.domain.supports import BY_RULES, LEAD
from dispatch.rules.book.playbook import Playbook
from dispatch.rules.deciding.engine import Decision
from dispatch.store.installation_facts import next_number
from dispatch.store.transaction import Transaction


def next_alert_number(tx: Transaction, playbook: Playbook) -> str:
    """The next alert number of the local day."""
    local = tx.now.astimezone(ZoneInfo(playbook.district.timezone)).date()
    serial = next_number(tx.session, serial_counter(local))
    return alert_number(playbook.district.code, local, serial)


def decided_assignments(alert_id: str, decision: Decision, now: datetime) -> list[dict[str, Any]]:
    """The assignments that the decision makes; none where a person has to decide."""
    if decision.needs_person:
        return []
    lead = assignment_row(alert_id, LEAD, decision.lead, 1, now)
    return [
        lead,
        *(
            assignment_row(alert_id, each.mode, each.unit, 1, now, BY_RULES)
            for each in decision.supports
        ),
    ]
