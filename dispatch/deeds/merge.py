"""合并: one problem reported twice goes on in another alert, which keeps the earlier due times."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.case import Case
from dispatch.deeds.machinery.change import Change, only_words
from dispatch.deeds.machinery.merging import tell_master
from dispatch.deeds.machinery.registry import deed
from dispatch.domain.law.deed_table import APART_BUTTON, Tells
from dispatch.domain.law.relations import relations
from dispatch.domain.law.values import LookedUp, OtherAlert
from dispatch.promises.policy import policy_of
from dispatch.promises.taken_over import owed_by, take_over
from dispatch.store.alerts import alert_by_id, alert_facts, assignments_of, find_alert
from dispatch.store.merged import is_private


def named(session: Session, _alert_id: str, values: Mapping[str, Any]) -> str | None:
    """The id of the alert that the step names."""
    found = find_alert(session, str(values.get("into", "")))
    return None if found is None else found.id


def _into(case: Case) -> LookedUp:
    """The alert that the step names; one that the person does not see is not there."""
    session = case.tx.session
    found = find_alert(session, case.values["into"])
    if found is None:
        return LookedUp()
    facts = alert_facts(found, assignments_of(session, found.id), is_reporter=False)
    if not relations(case.access, facts, case.organisation):
        return LookedUp()
    return LookedUp(into=OtherAlert(found.id, found.number, found.status, is_private(found)))


@deed(
    "merge",
    tells=(
        Tells("reporter", "merged"),
        Tells("lead", "merged_away"),
        Tells("handler", "merged_away"),
    ),
    button=APART_BUTTON,
    variants=("rule",),
    finds=_into,
    second=named,
)
def merge(case: Case) -> Change:
    """Its clocks end neutral with the move; the other alert takes over what was owed sooner."""
    tx, alert, master = case.tx, case.alert, alert_by_id(case.tx.session, case.values["into"])
    owed = owed_by(tx, case.policy, alert)
    moved = take_over(tx, policy_of(case.store, tx.session, master), master, owed)
    alert.merged_into, alert.merged_at = master.id, tx.now
    tell_master(tx, master, alert.number, moved, case.client_id)
    change = only_words(case)
    change.codes = {"into": master.number}
    return change
