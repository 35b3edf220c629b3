"""What the story of the other alert says when one is merged into it, or taken out again."""

from dispatch.domain.law.deed_table import DeedEntry, Tells, enter_deed
from dispatch.promises.taken_over import Moved
from dispatch.store.alerts import alert_columns
from dispatch.store.log import Event
from dispatch.store.tables import Alert
from dispatch.store.transaction import Transaction
from dispatch.telling.notices import tell_of_step

enter_deed("merged_in", DeedEntry(tells=(Tells("lead", "merged_in"),), variants=("clocks",)))
enter_deed("merged_out", DeedEntry(variants=("clocks",)))


def tell_master(tx: Transaction, master: Alert, number: str, moved: Moved, cause: str) -> None:
    """The other alert's story says who came in; its lead hears of it where its time is shorter."""
    tx.record(_event("merged_in", master, number, moved))
    if moved:
        tell_of_step(tx, alert_columns(master), "merged_in", cause)


def forget_merged(tx: Transaction, master: Alert, number: str, moved: Moved) -> None:
    """The other alert's story says who left."""
    tx.record(_event("merged_out", master, number, moved))


def _event(code: str, master: Alert, number: str, moved: Moved) -> Event:
    codes = {"number": number, "clocks": sorted(moved), "moved": moved}
    return Event(code, alert_id=master.id, codes=codes)
