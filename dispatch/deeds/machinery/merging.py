"""Records in the other alert's log that an alert was merged into it, or taken out again."""

from dispatch.domain.law.deed_table import DeedEntry, Tells, enter_deed
from dispatch.promises.taken_over import MovedDueTimes
from dispatch.store.alerts import alert_columns
from dispatch.store.log import Event
from dispatch.store.tables import Alert
from dispatch.store.transaction import Transaction
from dispatch.telling.notices import tell_of_step

enter_deed("merged_in", DeedEntry(tells=(Tells("lead", "merged_in"),), variants=("clocks",)))
enter_deed("merged_out", DeedEntry(variants=("clocks",)))


def record_merged_in(
    tx: Transaction, master: Alert, number: str, moved: MovedDueTimes, cause: str
) -> None:
    """Logs the merge on the other alert; its lead is told where a due time became earlier."""
    tx.record(_event("merged_in", master, number, moved))
    if moved:
        tell_of_step(tx, alert_columns(master), "merged_in", cause)


def record_merged_out(tx: Transaction, master: Alert, number: str, moved: MovedDueTimes) -> None:
    """Logs on the other alert that this one was taken out."""
    tx.record(_event("merged_out", master, number, moved))


def _event(code: str, master: Alert, number: str, moved: MovedDueTimes) -> Event:
    codes = {"number": number, "clocks": sorted(moved), "moved": moved}
    return Event(code, alert_id=master.id, codes=codes)
