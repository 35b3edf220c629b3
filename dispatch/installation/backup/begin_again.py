"""What a restored installation does first: a new epoch, other numbers, what fell due meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dispatch.domain.numbers import serial_counter
from dispatch.installation.backup.manifest import Manifest
from dispatch.installation.backup.serials import days_between, serial_above
from dispatch.store.backup_age import note_backed_up
from dispatch.store.installation_facts import begin_epoch, counter, raise_counter
from dispatch.store.log import Event
from dispatch.store.transaction import Store, Transaction
from dispatch.sweep.sweep_promises import sweep_promises
from dispatch.sweep.sweep_requests import sweep_requests
from dispatch.telling.held_notices import hold_above

RESTORED: Final = "restored"


@dataclass(frozen=True)
class BegunAgain:
    """`serials`: above which serial the numbers of a day go on; `fired`: how much fell due
    meanwhile; `held`: how many notices wait for a person.
    """

    serials: Mapping[str, int]
    fired: int
    held: int


def begin_again(store: Store, manifest: Manifest, noted: Mapping[str, int]) -> BegunAgain:
    """`noted`: by day what earlier restores went on above."""
    store.after_restore = True
    try:
        with store.write() as tx:
            serials = _begin(store, tx, manifest, noted)
        fired = sweep_promises(store) + sweep_requests(store)
    finally:
        store.after_restore = False
    return BegunAgain(serials, fired, hold_above(store, store.settings.restore_notices))


def _begin(
    store: Store, tx: Transaction, manifest: Manifest, noted: Mapping[str, int]
) -> dict[str, int]:
    now = store.now(tx.session)
    begin_epoch(tx.session)
    note_backed_up(tx.session, manifest.taken_at)
    serials = _go_on_above(tx, _local_days(store, tx, manifest.city_time, now), noted)
    codes = {
        "taken_at": manifest.taken_at.isoformat(),
        "head": manifest.head_seq,
        "serials": serials,
    }
    tx.record(Event(code=RESTORED, codes=codes))
    return serials


def _local_days(store: Store, tx: Transaction, first: datetime, last: datetime) -> list[date]:
    zone = ZoneInfo(store.playbook(tx.session).district.timezone)
    return days_between(first.astimezone(zone).date(), last.astimezone(zone).date())


def _go_on_above(tx: Transaction, days: list[date], noted: Mapping[str, int]) -> dict[str, int]:
    """The numbers of each day on which the lost hours may have given some."""
    serials = {}
    for day in days:
        name = serial_counter(day)
        above = serial_above(counter(tx.session, name), noted.get(day.isoformat(), 0))
        raise_counter(tx.session, name, above)
        serials[day.isoformat()] = above
    return serials
