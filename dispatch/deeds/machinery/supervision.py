"""Opens supervision (督办) of an alert: a numbered notice, once until it is lifted."""

from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.desks import DISTRICT_DESK, SUPERVISOR_DESK
from dispatch.domain.law.events import SYSTEM
from dispatch.store.installation_facts import next_number
from dispatch.store.log import Event
from dispatch.store.tables import Alert
from dispatch.store.transaction import Store, Transaction
from dispatch.telling.notices import notice_row, post

SUPERVISE: Final = "supervise"


def open_supervision(
    store: Store, tx: Transaction, alert: Alert, clock: str, unit: str | None
) -> bool:
    """Numbers it, logs it, flags the alert, and tells the `unit` that is late, the district where
    it is None, and the supervisors. False where it is open already.
    """
    if alert.supervised_at is not None:
        return False
    alert.supervised_at, alert.supervision = tx.now, _number(store, tx)
    codes = {"number": alert.supervision, "clock": clock, "unit": unit}
    tx.record(Event(SUPERVISE, alert_id=alert.id, role=SYSTEM, codes=codes))
    desks = dict.fromkeys((unit or DISTRICT_DESK, SUPERVISOR_DESK))
    params = {"number": alert.supervision, "clock": clock}
    once = f"{SUPERVISE}:{alert.supervision}"
    rows = [
        notice_row(tx, alert.id, ("desk", desk), SUPERVISE, f"{once}:{desk}", params)
        for desk in desks
    ]
    post(tx, rows)
    return True


def _number(store: Store, tx: Transaction) -> str:
    """Numbers are counted by the year: 2026-12."""
    zone = ZoneInfo(store.playbook(tx.session).district.timezone)
    year = tx.now.astimezone(zone).year
    return f"{year}-{next_number(tx.session, f'supervision:{year}')}"
