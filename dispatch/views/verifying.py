"""The alerts that a person may verify now, by the same law that offers the step."""

from collections import defaultdict
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.domain.law.relations import may_take, relations
from dispatch.domain.law.steps import STEPS
from dispatch.domain.roles import Access, Organisation
from dispatch.domain.visibility import scope_of
from dispatch.store.alerts import alert_facts
from dispatch.store.sealing import Seal, reporter_ref
from dispatch.store.tables import Alert, Assignment
from dispatch.store.visibility import visible_in

_VERIFY: Final = STEPS["verify_ok"]
# SQLite's smallest limit of variables in a statement; those that wait longest come first.
_MOST: Final = 5000


def may_verify(
    session: Session, access: Access, organisation: Organisation, seal: Seal
) -> list[str]:
    """The ids of the alerts that wait for a verification which this person may give."""
    waiting = (Alert.status.in_(_VERIFY.sources), visible_in(scope_of(access, organisation)))
    assignments = defaultdict(list)
    for each in session.scalars(
        select(Assignment).where(Assignment.alert_id.in_(select(Alert.id).where(*waiting)))
    ):
        assignments[each.alert_id].append(each)
    found = []
    for alert in session.scalars(select(Alert).where(*waiting).order_by(Alert.reported_at)):
        own = alert.reporter_ref == reporter_ref(seal, alert.id, access.person_id)
        facts = alert_facts(alert, assignments[alert.id], is_reporter=own)
        if may_take(_VERIFY, relations(access, facts, organisation)):
            found.append(alert.id)
    return found[:_MOST]
