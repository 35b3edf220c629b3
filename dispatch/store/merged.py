"""Which alert was merged into which: the way up to the one that is worked on, those below, and
what they are still owed.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.conditions import owed_by_helper
from dispatch.store.tables import Alert, Promise

# Who accepts an alert signs and comes in their own time; what was owed to the reporter goes on.
GOES_ON: Final = "dispose"


def master_of(session: Session, alert: Alert) -> Alert | None:
    """The alert that stands for this one at last; None where it was not merged."""
    master = alert
    while master.merged_into is not None:
        master = session.get_one(Alert, master.merged_into)
    return None if master is alert else master


def is_private(alert: Alert) -> bool:
    """About somebody's home or about a unit: no other reporter ever follows it."""
    return alert.household or alert.about_unit is not None


def followers_of(session: Session, alert_id: str) -> list[Alert]:
    """All that were merged into it, and into those, oldest merge first."""
    found: list[Alert] = []
    above: Sequence[str] = (alert_id,)
    while above:
        rows = select(Alert).where(Alert.merged_into.in_(above)).order_by(Alert.merged_at, Alert.id)
        below = session.scalars(rows).all()
        found += below
        above = [each.id for each in below]
    return found


def owed_before(session: Session, alert: Alert) -> list[Promise]:
    """What disposing an alert goes on with once it is dispatched: the promises of those that were
    merged into it before, and its own, where it was merged itself and taken out again.
    """
    below = [each.id for each in followers_of(session, alert.id)]
    of_them = Promise.alert_id.in_(below) & (Promise.stopped_at == Alert.merged_at)
    its_own = (Promise.alert_id == alert.id) & (Promise.state == "ended")
    owed = session.scalars(
        select(Promise)
        .join(Alert, Alert.id == Promise.alert_id)
        .where(Promise.clock == GOES_ON, Promise.due_at.is_not(None), ~owed_by_helper())
        .where(of_them | its_own)
        .order_by(Promise.stopped_at, Promise.id),
    )
    return list({each.alert_id: each for each in owed}.values())


def awaited(session: Session, alert: Alert) -> Promise | None:
    """Of an alert that nobody accepted yet the promise by which it will be disposed at the latest,
    for somebody was promised it; None where nobody was.
    """
    owed = owed_before(session, alert) if alert.status == "reported" else []
    dated = [(each.due_at, each.alert_id, each) for each in owed if each.due_at is not None]
    return min(dated)[-1] if dated else None
