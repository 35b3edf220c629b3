"""One problem, reported twice: an alert goes on in another one, and for a day can be taken out.

Its reporter follows the other alert, which keeps the earlier of both due times.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.domain.law.relations import relations
from dispatch.domain.law.steps import OPEN
from dispatch.domain.law.windows import unmerges_until
from dispatch.errors import Refused
from dispatch.promises.policy import policy_of
from dispatch.promises.taken_over import Moved, give_back, owed_by, take_over
from dispatch.store.alerts import columns_of, current_assignments, facts_for, find_alert
from dispatch.store.log import Event
from dispatch.store.merged import followers_of, is_private, master_of
from dispatch.store.tables import Alert
from dispatch.store.transaction import Transaction
from dispatch.telling import notices

Values = Mapping[str, Any]


def _named(session: Session, _alert_id: str, values: Values) -> str | None:
    found = find_alert(session, str(values.get("into", "")))
    return None if found is None else found.id


def _above(session: Session, alert_id: str, _values: Values) -> str | None:
    alert = session.get(Alert, alert_id)
    master = None if alert is None else master_of(session, alert)
    return None if master is None else master.id


# The second alert that a step moves: both are locked in one order, whoever is named first.
SECOND: Final[Mapping[str, Callable[[Session, str, Values], str | None]]] = {
    "merge": _named,
    "unmerge": _above,
}


def may_merge(case: Case) -> None:
    """Into another, open one that the person sees; nothing about a home or about a unit."""
    master = _into(case)
    if master.id == case.alert.id:
        raise Refused("merge_itself")
    if master.status not in OPEN:
        raise Refused("merge_closed", number=master.number, status=master.status)
    if is_private(case.alert) or is_private(master):
        raise Refused("merge_private")


def _into(case: Case) -> Alert:
    """The alert that the step names; one that the person does not see is not there."""
    session, named = case.tx.session, case.wish_values["into"]
    found = find_alert(session, named)
    if found is not None:
        facts = facts_for(found, current_assignments(session, found.id), is_reporter=False)
        if relations(case.access, facts, case.organisation):
            return found
    raise case.refuse_field("into", "unknown_alert", value=named)


def merge(case: Case) -> Change:
    """Its clocks end neutral with the move; the other alert takes over what was owed sooner."""
    tx, alert, master = case.tx, case.alert, _into(case)
    owed = owed_by(tx, case.policy, alert)
    moved = take_over(tx, policy_of(case.store, tx.session, master), master, owed)
    alert.merged_into, alert.merged_at = master.id, tx.now
    tell_master(tx, master, alert.number, moved, case.client_id)
    change = only_words(case)
    change.codes = {"into": master.number}
    return change


def tell_master(tx: Transaction, master: Alert, number: str, moved: Moved, cause: str) -> None:
    """The other alert's story says who came in; its lead hears of it where its time is shorter."""
    codes = {"number": number, "clocks": sorted(moved), "moved": moved}
    tx.record(Event("merged_in", alert_id=master.id, codes=codes))
    if moved:
        notices.tell_of_step(tx, columns_of(master), "merged_in", cause)


def may_unmerge(case: Case) -> None:
    merged_at = case.alert.merged_at
    if merged_at is None or case.tx.now > unmerges_until(merged_at):
        raise Refused("unmerge_late")


def unmerge(case: Case) -> Change:
    """Back on the street's desk, nobody assigned; the other one is due as if it had been alone."""
    tx, alert = case.tx, case.alert
    master = master_of(tx.session, alert)
    below = {alert.id, *(each.id for each in followers_of(tx.session, alert.id))}
    change = only_words(case)
    if master is not None:
        moved = give_back(tx, policy_of(case.store, tx.session, master), master, below)
        codes = {"number": alert.number, "clocks": sorted(moved), "moved": moved}
        tx.record(Event("merged_out", alert_id=master.id, codes=codes))
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
