"""Which alert was merged into which: the way up to the one that is worked on, and those below."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch.store.tables import Alert


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
