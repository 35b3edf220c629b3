"""撤销合并: back on its street's desk; the other alert is due as if it had been alone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.merging import forget_merged
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import Tells, side_button
from dispatch.promises.policy import policy_of
from dispatch.promises.taken_over import give_back
from dispatch.store.merged import followers_of, master_of
from dispatch.store.tables import Alert


def above(session: Session, alert_id: str, _values: Mapping[str, Any]) -> str | None:
    """The id of the alert into which this one was merged."""
    alert = session.get(Alert, alert_id)
    master = None if alert is None else master_of(session, alert)
    return None if master is None else master.id


@deed(
    "unmerge",
    tells=(Tells("street", "to_accept", asks="accept"),),
    button=side_button(140),
    second=above,
)
def unmerge(case: Case) -> Change:
    tx, alert = case.tx, case.alert
    master = master_of(tx.session, alert)
    below = {alert.id, *(each.id for each in followers_of(tx.session, alert.id))}
    change = only_words(case)
    if master is not None:
        moved = give_back(tx, policy_of(case.store, tx.session, master), master, below)
        forget_merged(tx, master, alert.number, moved)
        change.codes = {"into": master.number}
    _release(case)
    alert.merged_into = alert.merged_at = alert.closed_at = None
    return change


def _release(case: Case) -> None:
    """Whoever had it has it no more; the next lead begins a round of its own."""
    for each in case.assignments:
        each.to_at = each.to_at or case.tx.now
    if case.alert.lead is not None:
        case.alert.round += 1
    case.alert.lead = case.alert.handler = None
