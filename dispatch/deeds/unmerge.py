"""撤销合并: the alert returns to the street's desk, the other one to its own due times.

The date that its reporter was told goes on.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.merging import record_merged_out
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.promises.policy import policy_of
from dispatch.promises.taken_over import give_back, go_on_as_told
from dispatch.store.merged import followers_of, master_of
from dispatch.store.tables import Alert


def above(session: Session, alert_id: str, _values: Mapping[str, Any]) -> str | None:
    """The id of the alert into which this one was merged, or None."""
    alert = session.get(Alert, alert_id)
    master = None if alert is None else master_of(session, alert)
    return None if master is None else master.id


@deed(
    "unmerge",
    tells=(Tells("street", "to_accept", asks="accept"),),
    button=side_button(140),
    second=above,
)
def unmerge(context: StepContext) -> Change:
    tx, alert = context.tx, context.alert
    master = master_of(tx.session, alert)
    below = {alert.id, *(each.id for each in followers_of(tx.session, alert.id))}
    change = words_and_photos(context)
    if master is not None:
        moved = give_back(tx, policy_of(context.store, tx.session, master), master, below)
        record_merged_out(tx, master, alert.number, moved)
        change.codes = {"into": master.number}
    led_by = alert.lead
    _release(context)
    alert.merged_into = alert.merged_at = alert.closed_at = None
    tx.session.flush()
    go_on_as_told(tx, context.policy, alert, led_by)
    return change


def _release(context: StepContext) -> None:
    """Ends every assignment; the next lead begins a new round."""
    for each in context.assignments:
        each.to_at = each.to_at or context.tx.now
    if context.alert.lead is not None:
        context.alert.round += 1
    context.alert.lead = context.alert.handler = None
