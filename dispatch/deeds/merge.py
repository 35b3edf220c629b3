"""合并: an alert is merged into another about the same problem, which keeps earlier due times."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from dispatch.deeds.machinery.change import Change, words_and_photos
from dispatch.deeds.machinery.merging import record_merged_in
from dispatch.deeds.machinery.registry import deed
from dispatch.deeds.machinery.step_context import StepContext
from dispatch.domain.law.deed_table import APART_BUTTON, Tells
from dispatch.domain.law.looked_up import LookedUp, OtherAlert
from dispatch.domain.law.relations import relations
from dispatch.promises.policy import policy_of
from dispatch.promises.taken_over import owed_by, take_over
from dispatch.store.alerts import alert_by_id, alert_facts, assignments_of, find_alert
from dispatch.store.merged import is_private


def named(session: Session, _alert_id: str, values: Mapping[str, Any]) -> str | None:
    """The id of the alert that the step names, or None."""
    found = find_alert(session, str(values.get("into", "")))
    return None if found is None else found.id


def _into(context: StepContext) -> LookedUp:
    """The alert that the step names; nothing where the person does not see it."""
    session = context.tx.session
    found = find_alert(session, context.values["into"])
    if found is None:
        return LookedUp()
    facts = alert_facts(found, assignments_of(session, found.id), is_reporter=False)
    if not relations(context.access, facts, context.organisation):
        return LookedUp()
    return LookedUp(
        into=OtherAlert(found.id, found.number, found.status, is_private(found), found.life_safety)
    )


@deed(
    "merge",
    tells=(
        Tells("reporter", "merged"),
        Tells("lead", "merged_away"),
        Tells("handler", "merged_away"),
    ),
    button=APART_BUTTON,
    variants=("rule",),
    looks_up=_into,
    second=named,
)
def merge(context: StepContext) -> Change:
    """The alert's clocks end, neither met nor missed; the other alert takes over
    earlier due times.
    """
    tx, alert, master = (
        context.tx,
        context.alert,
        alert_by_id(context.tx.session, context.values["into"]),
    )
    owed = owed_by(tx, context.policy, alert)
    moved = take_over(tx, policy_of(context.store, tx.session, master), master, owed)
    alert.merged_into, alert.merged_at = master.id, tx.now
    record_merged_in(tx, master, alert.number, moved, context.client_id)
    change = words_and_photos(context)
    change.codes = {"into": master.number}
    return change
